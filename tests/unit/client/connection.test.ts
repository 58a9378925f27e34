import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServerUrl } from '#shared/address'
import type { Connection } from '#shared/bridge'
import { createConnection, type ConnectionOptions } from '../../../src/client/connection'
import { createLatch } from '../../../src/client/latch'
import type { Link, LinkOptions } from '../../../src/client/transport/link'

const server = 'http://192.168.1.5:4545' as ServerUrl

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(1_000_000)
})
afterEach(() => vi.useRealTimers())

/** A connection whose links open and end as the test says. */
function connected(options: Partial<ConnectionOptions> = {}) {
  const attempts: (LinkOptions & { link: Link; isClosed: boolean })[] = []
  const states: Connection[] = []
  const connection = createConnection({
    server,
    dial: () => server,
    isOnline: () => true,
    handshake: () => ({ protocol: 1, client: 'test/1' }),
    now: Date.now,
    random: () => 0.5,
    onChange: (state) => states.push(state),
    onOpen: () => Promise.resolve(),
    onDoubt: () => undefined,
    onAnnouncement: () => undefined,
    openLink(linkOptions) {
      const ended = createLatch()
      const close = () => {
        ended.set()
        attempt.isClosed = true
      }
      const link: Link = {
        ended,
        close,
        drop() {
          close()
          linkOptions.onEnd({ kind: 'lost' })
        },
        ask: () => Promise.resolve({ kind: 'lost' }),
      }
      const attempt = { ...linkOptions, link, isClosed: false }
      attempts.push(attempt)
      return link
    },
    ...options,
  })
  const last = () => attempts.at(-1) ?? expect.fail('no attempt')
  return { connection, attempts, states, last }
}

const open = async ({ last }: ReturnType<typeof connected>) => {
  last().onOpen()
  await vi.advanceTimersByTimeAsync(0)
}

test('it goes from connecting through resuming to online', async () => {
  const made = connected()
  await open(made)

  expect(made.states.map(({ state }) => state)).toEqual(['connecting', 'resuming', 'online'])
  expect(made.connection.link()).toBe(made.last().link)
})

test('it is online only once everything has been caught up with', async () => {
  let caughtUp = () => {}
  const made = connected({ onOpen: () => new Promise((resolve) => (caughtUp = resolve)) })
  await open(made)
  expect(made.connection.current().state).toBe('resuming')

  caughtUp()
  await vi.advanceTimersByTimeAsync(0)
  expect(made.connection.current().state).toBe('online')
})

test('each failed attempt is followed by another, later and later, and says when', async () => {
  const made = connected()
  const delays: number[] = []

  for (let attempt = 1; attempt <= 6; attempt++) {
    made.last().onEnd({ kind: 'unreachable' })
    const delayMs = (made.connection.current().retryAt ?? 0) - Date.now()
    delays.push(delayMs)
    await vi.advanceTimersByTimeAsync(delayMs - 1)
    expect(made.attempts).toHaveLength(attempt)
    await vi.advanceTimersByTimeAsync(1)
    expect(made.attempts).toHaveLength(attempt + 1)
  }

  expect(delays).toEqual([500, 750, 1_125, 1_688, 2_531, 3_797])
})

test('the waits start over after it was online', async () => {
  const made = connected()
  for (let attempt = 1; attempt <= 4; attempt++) {
    made.last().onEnd({ kind: 'unreachable' })
    await vi.advanceTimersByTimeAsync(10_000)
  }
  await open(made)

  made.last().onEnd({ kind: 'lost' })

  expect(made.connection.current()).toEqual({
    server,
    state: 'connecting',
    since: Date.now(),
    retryAt: Date.now() + 500,
  })
})

test('a refusal ends the attempts until somebody asks for another', async () => {
  const made = connected()
  made.last().onEnd({ kind: 'refused', code: 'unsupported_version' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([made.attempts.length, made.connection.current().state]).toEqual([1, 'refused'])
  expect(made.connection.current().refusal).toBe('unsupported_version')

  made.connection.tryNow()
  expect([made.attempts.length, made.connection.current().state]).toEqual([2, 'connecting'])
})

test('a refusal that passes is waited for as long as the server says, within reason', () => {
  const made = connected()
  made.last().onEnd({ kind: 'refused', code: 'rate_limited', retryAfterMs: 7_000 })
  expect(made.connection.current()).toMatchObject({ retryAt: Date.now() + 7_000, refusal: 'rate_limited' })

  const endless = connected()
  endless.last().onEnd({ kind: 'refused', code: 'rate_limited', retryAfterMs: 1e15 })
  expect(endless.connection.current().retryAt).toBe(Date.now() + 60_000)
})

test('whoever waits for a server that has no place hears that, and not that it is away', async () => {
  const made = connected()
  const waiting = made.connection.whenOpen(8_000)
  made.last().onEnd({ kind: 'refused', code: 'rate_limited', retryAfterMs: 10_000 })
  await vi.advanceTimersByTimeAsync(8_000)

  expect(await waiting).toEqual({ ok: false, error: { code: 'rate_limited' } })
})

test('without a network it waits for one, and asks now and then whether there is', async () => {
  let isOnline = false
  const made = connected({ isOnline: () => isOnline })
  expect([made.attempts.length, made.connection.current().state]).toEqual([0, 'offline'])

  isOnline = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect([made.attempts.length, made.connection.current().state]).toEqual([1, 'connecting'])
})

test('the network coming back starts an attempt at once, and replaces one begun without it', () => {
  const made = connected()
  made.connection.networkChanged()

  expect(made.attempts.map(({ isClosed }) => isClosed)).toEqual([true, false])
})

test('the network going while online is believed', async () => {
  let isOnline = true
  const made = connected({ isOnline: () => isOnline })
  await open(made)
  isOnline = false

  made.connection.networkChanged()

  expect([made.connection.current().state, made.last().isClosed]).toEqual(['offline', true])
})

test('whoever waits for the first connection is answered after three failures, or after their time', async () => {
  const made = connected()
  const first = made.connection.whenOpen(8_000)
  for (let attempt = 1; attempt <= 3; attempt++) {
    made.last().onEnd({ kind: 'unreachable' })
    await vi.advanceTimersByTimeAsync(attempt * 1_000)
  }
  expect(await first).toEqual({ ok: false, error: { code: 'offline' } })

  const second = made.connection.whenOpen(8_000)
  await vi.advanceTimersByTimeAsync(8_000)
  expect(await second).toEqual({ ok: false, error: { code: 'timed_out' } })
})

test.each([
  [{ kind: 'foreign' }, 'not_a_parlor_server'],
  [{ kind: 'refused', code: 'banned' }, 'banned'],
] as const)('whoever waits hears at once of %j', async (end, code) => {
  const made = connected()
  const waiting = made.connection.whenOpen(8_000)

  made.last().onEnd(end)

  expect(await waiting).toEqual({ ok: false, error: { code } })
})

test('a closed connection does nothing any more', async () => {
  const made = connected()
  const waiting = made.connection.whenOpen(8_000)
  made.connection.close()
  made.connection.networkChanged()
  await vi.advanceTimersByTimeAsync(60_000)

  expect([made.attempts.length, made.last().isClosed]).toEqual([1, true])
  expect(await waiting).toEqual({ ok: false, error: { code: 'offline' } })
})
