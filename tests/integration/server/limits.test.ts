import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { serverLimits } from '../../../src/server/limits'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'
import { rawRequest, requestHead } from '../../support/raw-http'
import { openRawPerson, openRawSocket } from '../../support/raw-socket'
import { closed } from '../../support/socket-ends'

const standard = serverLimits()
const limited = (least: number) => ({
  ok: false,
  error: {
    code: 'rate_limited',
    retryAfterMs: expect.toSatisfy((ms: number) => ms >= least && ms <= 60_000) as number,
  },
})
const message = (person: Person) => ({ roomId: person.roomId, clientKey: newKey(), text: 'x' })

/** The clock of the budgets stands still: what passes is what they hold, however long that takes. */
const standStill = () => void vi.useFakeTimers({ toFake: ['performance'] })
afterEach(() => void vi.useRealTimers())

test('a burst of messages passes, the next is told when to come again, and then passes', async () => {
  const { host } = await openParlor({ limits: { messagesPerSecond: 2 } })
  const ada = await host('ada')
  standStill()
  const say = () => ada.ask('send_message', message(ada))
  const replies = await Promise.all(Array.from({ length: standard.messageBurst + 2 }, say))
  const waitMs = 500
  const refusal = { ok: false, error: { code: 'rate_limited', retryAfterMs: waitMs } }

  expect(replies.map(({ ok }) => ok)).toEqual([
    ...Array.from({ length: standard.messageBurst }, () => true),
    false,
    false,
  ])
  expect(replies.slice(-2)).toEqual([refusal, refusal])
  vi.advanceTimersByTime(waitMs - 1)
  expect(await say()).toEqual(limited(1))
  vi.advanceTimersByTime(1)
  expect(await say()).toMatchObject({ ok: true })
  expect(await say()).toEqual(refusal)
})

test('a room takes so many messages a second, whoever sends them', async () => {
  const { host, join } = await openParlor({ limits: { roomMessagesPerSecond: 5 } })
  const people = [await host('ada'), await join('grace'), await join('linus')]
  standStill()
  const replies = await Promise.all(people.flatMap((one) => [1, 2, 3].map(() => one.ask('send_message', message(one)))))
  expect(replies.filter(({ ok }) => ok)).toHaveLength(5)
  expect(replies.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 4 }, () => limited(1)))
})

test('history pages are limited', async () => {
  const { host } = await openParlor({ limits: { historyPerSecond: 2 } })
  const ada = await host('ada')
  standStill()
  const page = () => ada.ask('fetch_history', { roomId: ada.roomId, before: 1 })
  expect(await Promise.all([page(), page(), page()])).toMatchObject([{ ok: true }, { ok: true }, limited(1)])
})

test('who is known joins rooms, or asks for what they missed, only so often', async () => {
  const { host, join } = await openParlor({ limits: { joinBurst: 3, joinsPerSecond: 2 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  standStill()
  const again = () => ada.ask('join_room', { roomId: ada.roomId, since: 0 })
  const replies = await Promise.all([again(), again(), again(), again()])
  expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, false])
  expect(replies.at(-1)).toEqual(limited(1))
  expect(await grace.ask('join_room', { roomId: ada.roomId, since: 0 })).toMatchObject({ ok: true })
})

test('going is told to a room only so often', async () => {
  const { host, join } = await openParlor({ limits: { leavesPerSecond: 2 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  standStill()
  const leave = () => grace.ask('leave_room', { roomId: ada.roomId })
  const replies = await Promise.all([leave(), leave(), leave()])
  expect(replies.map((reply) => (reply.ok ? 'ok' : reply.error.code))).toEqual(['ok', 'not_a_member', 'rate_limited'])
  expect(replies.at(-1)).toEqual(limited(1))
  expect(await ada.ask('leave_room', { roomId: ada.roomId })).toMatchObject({ ok: true })
})

test('rooms created from one address are limited', async () => {
  const { connect: open } = await openParlor({ limits: { roomsPerHour: 3 } })
  const ada = await open()
  const create = () => ada.ask('create_room', { name: 'ada' })
  expect((await Promise.all([create(), create(), create()])).map(({ ok }) => ok)).toEqual([true, true, true])
  expect(await create()).toMatchObject({ ok: false, error: { code: 'rate_limited' } })
})

test('a flood is refused, refused less and less audibly, and cut off; others do not notice', async () => {
  const { host, join } = await openParlor({ limits: { eventBurst: 60, eventsPerSecond: 30 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  standStill()
  let answered = 0
  for (let n = 0; n < 1_000; n++)
    grace.socket.emit('fetch_history', { roomId: ada.roomId, before: 1 }, () => answered++)

  expect(await grace.disconnected()).toBe('io server disconnect')
  expect(answered).toBeLessThanOrEqual(60 + standard.refusalsPerSecond)
  expect(await ada.ask('send_message', message(ada))).toMatchObject({ ok: true })
})

test('a connection that never says hello, or never joins, is closed', async () => {
  const { url, logged } = await openParlor({
    limits: { handshakeMs: 300, joinMs: 500, headersTimeoutMs: 300, connectionCheckMs: 100 },
  })
  const { port } = new URL(url)
  const silent = connect({ port: Number(port), host: '127.0.0.1' }).resume()
  const mute = await openRawSocket(url)
  const idle = await openRawPerson(url)

  await Promise.all([closed(silent), mute.closed, idle.closed])
  expect(logged).toContainEqual(expect.objectContaining({ reason: 'never_joined' }))
})

test('connections are limited per address, and a place that is free again is taken', async () => {
  const { server, connect: open } = await openParlor({ limits: { connectionsPerAddress: 3 } })
  const people = [await open(), await open(), await open()]
  await expect(open()).rejects.toThrow()
  people[0]!.close()
  await expect
    .poll(
      async () =>
        open().then(
          () => 'open',
          () => 'refused',
        ),
      { timeout: 5_000 },
    )
    .toBe('open')
  const asked = requestHead('GET', '/healthz', [`Host: 127.0.0.1:${server.port}`])
  expect(await rawRequest(server.port, asked)).toMatchObject({ status: 503 })
})

test('connections are limited in all, wherever they come from', async () => {
  const { url, connect: open } = await openParlor({ limits: { connections: 2, connectionsPerAddress: 2 } })
  await open()
  const far = await openRawPerson(url, undefined, '127.0.0.2')
  expect(far.ws.readyState).toBe(far.ws.OPEN)
  await expect(openRawPerson(url, undefined, '127.0.0.3')).rejects.toThrow()
})

test('new connections are limited and told when to come again, then only refused', async () => {
  const { url, connect: open } = await openParlor({ limits: { newConnectionsPerMinute: 2 } })
  standStill()
  await open()
  await open()
  await expect(open()).rejects.toMatchObject({
    data: { code: 'rate_limited', retryAfterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= 30_000) as number },
  })
  const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => openRawSocket(url)))
  // Of five a second that get a reason one is used up.
  expect(attempts.filter(({ status }) => status === 'rejected')).toHaveLength(6)
})

test('wrong codes are answered alike until there were too many, and right ones never count', async () => {
  const {
    host,
    join,
    connect: open,
  } = await openParlor({
    limits: { joinFailuresPerMinute: 3, joinDelayLeastMs: 400, joinDelayMostMs: 30_000 },
  })
  const ada = await host('ada')
  for (let n = 0; n < 6; n++) await join(`guest ${n}`)
  const eve = await open()
  const guess = (roomId: string) => eve.ask('join_room', { roomId, name: 'eve' })
  const wrong = { ok: false, error: { code: 'room_not_found' } }

  for (const code of ['ZZZZZ1', 'ZZZZZ2', 'ZZZZZ3']) expect(await guess(code)).toEqual(wrong)
  const answered: unknown[] = []
  eve.socket.emit('join_room', { roomId: 'ZZZZZ4', name: 'eve' }, (reply: unknown) => answered.push(reply))
  // What eve asks next is answered: the guess has arrived by then.
  expect(await eve.ask('fetch_history', { roomId: ada.roomId, before: 1 })).toMatchObject({ ok: false })
  const member = await join('', { roomId: ada.roomId, session: ada.session })
  expect(member.entry.you.role).toBe('host')
  expect(answered).toEqual([])
})

test('the handshake says what is wrong with it', async () => {
  const { connect: open } = await openParlor()
  await expect(open({ protocol: 2 })).rejects.toMatchObject({ data: { code: 'unsupported_version' } })
  await expect(open({ protocol: '1', client: 7 })).rejects.toMatchObject({ data: { code: 'unsupported_version' } })
  await expect(open({ client: 7 })).rejects.toMatchObject({ data: { code: 'invalid_request', field: 'client' } })
  await expect(open({ session: {} })).rejects.toMatchObject({ data: { code: 'invalid_request', field: 'session' } })
})
