import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Hosting } from '#shared/bridge'
import { describeError } from '../../../src/main/diagnostics/describe-error'
import { createHosting } from '../../../src/main/hosting/hosting'
import type { Child } from '../../../src/main/hosting/server-process'
import type { ToServer } from '../../../src/main/hosting/messages'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function office(rememberedPort?: number) {
  const runs: { asked: ToServer[]; says: (message: unknown) => void; dies: () => void; wasKilled: boolean }[] = []
  const states: Hosting[] = []
  const reported: unknown[] = []
  const noted: unknown[] = []

  const fork = (): Child => {
    const listeners = { message: (_: unknown) => {}, exit: (_: number) => {} }
    const run = {
      asked: [] as ToServer[],
      says: (message: unknown) => listeners.message(message),
      dies: () => listeners.exit(1),
      wasKilled: false,
    }
    runs.push(run)
    return {
      postMessage: (message) => {
        run.asked.push(message)
        if (message.kind === 'stop' && !run.wasKilled) queueMicrotask(() => listeners.exit(0))
      },
      on: (event: 'message' | 'exit', listener: never) => void (listeners[event] = listener),
      kill: () => (run.wasKilled = true),
    } as Child
  }
  const hosting = createHosting({
    fork,
    wantedPort: 4545,
    rememberedPort: () => rememberedPort,
    paths: { dataDir: '/data', webDir: '/web', names: [] },
    addresses: ({ port }) => Promise.resolve([`http://192.168.1.5:${port}`]),
    changed: (state) => states.push(state),
    now: Date.now,
    report: (error) => reported.push(error),
    note: (event, fields) => noted.push({ event, ...fields }),
  })
  return { hosting, runs, states, reported, noted }
}
const started = { kind: 'started', host: '::', port: 4546 }
const running = {
  state: 'running',
  server: 'http://this-computer',
  port: 4546,
  wantedPort: 4545,
  addresses: ['http://192.168.1.5:4546'],
}

test('hosting starts one process and answers once the server listens', async () => {
  const { hosting, runs, states } = office()
  const both = Promise.all([hosting.start(), hosting.start()])
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.says(started)

  expect(await both).toEqual([running, running])
  expect(states).toEqual([{ state: 'starting' }, running])
  expect(runs).toHaveLength(1)
  expect(hosting.dialUrl()).toBe('http://127.0.0.1:4546')
})

test('the port of last time is tried first, then the wanted one and its neighbours', async () => {
  const { hosting, runs } = office(5000)
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)

  const [asked] = runs[0]!.asked
  expect(asked).toMatchObject({ kind: 'start', options: { hosts: ['::', '0.0.0.0'] } })
  if (asked?.kind === 'start') expect(asked.options.ports.slice(0, 3)).toEqual([5000, 4545, 4546])
})

test('a crash is a state on screen, and the server is back within a second', async () => {
  const { hosting, runs, states } = office()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.says(started)
  await vi.advanceTimersByTimeAsync(0)

  runs[0]!.dies()
  expect(hosting.state()).toEqual({ state: 'restarting' })
  expect(hosting.dialUrl()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1_000)
  runs[1]!.says(started)
  await vi.advanceTimersByTimeAsync(0)

  expect(states.map(({ state }) => state)).toEqual(['starting', 'running', 'restarting', 'running'])
})

test('a server that keeps crashing is said to, and tried again ever more slowly', async () => {
  const { hosting, runs } = office()
  const answer = hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  for (let crash = 0; crash < 6; crash++) {
    runs.at(-1)!.dies()
    await vi.advanceTimersByTimeAsync(1_000)
  }

  expect(await answer).toEqual({ state: 'failed', reason: 'crashing' })
  expect(runs).toHaveLength(6)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(runs).toHaveLength(7)
})

test('a start that fails says why and leaves no process behind', async () => {
  const { hosting, runs } = office()
  const answer = hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.says({ kind: 'failed', code: 'data_newer' })

  expect(await answer).toEqual({ state: 'failed', reason: 'data_newer' })
  await vi.advanceTimersByTimeAsync(100_000)
  expect(runs).toHaveLength(1)
  expect(runs[0]!.asked.at(-1)).toEqual({ kind: 'stop' })
})

test('damaged rooms are started with a copy that was offered, and with no other', async () => {
  const { hosting, runs } = office()
  const answer = hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  const copies = [{ name: 'parlor-daily.db', madeAt: 1 }]
  runs[0]!.says({ kind: 'failed', code: 'data_damaged', copies })
  expect(await answer).toEqual({ state: 'failed', reason: 'data_damaged', copies })

  for (const name of ['parlor-daily.db', '../parlor.db']) {
    void hosting.start(name)
    await vi.advanceTimersByTimeAsync(0)
    runs.at(-1)!.says({ kind: 'failed', code: 'data_damaged', copies })
    await vi.advanceTimersByTimeAsync(0)
  }
  const asked = runs.map((run) => (run.asked[0]?.kind === 'start' ? run.asked[0].options.copy : 'nothing'))
  expect(asked).toEqual([undefined, 'parlor-daily.db', undefined])
})

test('stopping ends the process for good, by force when it hangs', async () => {
  const { hosting, runs } = office()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.says(started)
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.wasKilled = true
  const stopped = hosting.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  runs[0]!.dies()
  await stopped

  expect(hosting.state()).toEqual({ state: 'stopped' })
  await vi.advanceTimersByTimeAsync(100_000)
  expect(runs).toHaveLength(1)
})

test('a start during a stop waits for the old process to end', async () => {
  const { hosting, runs } = office()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  runs[0]!.wasKilled = true
  const stopped = hosting.stop()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(runs).toHaveLength(1)

  runs[0]!.dies()
  await stopped
  await vi.advanceTimersByTimeAsync(0)
  expect(runs).toHaveLength(2)
})

test('only messages of the fixed shape reach main', async () => {
  const { hosting, runs, states, reported } = office()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  const odd = [
    null,
    'started',
    { kind: 'started' },
    { ...started, port: 0 },
    { ...started, path: '/etc' },
    { kind: 'open', url: 'x' },
  ]
  for (const message of odd) runs[0]!.says(message)
  await vi.advanceTimersByTimeAsync(0)

  expect(states).toEqual([{ state: 'starting' }])
  expect(reported).toHaveLength(odd.length)
})

test('what the server process reports and notes is in the log as if it were of this process', async () => {
  const { hosting, runs, reported, noted } = office()
  void hosting.start()
  await vi.advanceTimersByTimeAsync(0)
  const fault = { name: 'TypeError', code: 'E_ODD', stack: '    at post (rooms.js:1:2)' }
  runs[0]!.says({ kind: 'reported', ...fault })
  runs[0]!.says({ kind: 'noted', event: 'connection_refused', reason: 'full', times: 6_000 })

  expect(reported.map(describeError)).toEqual([fault])
  expect(noted).toEqual([{ event: 'connection_refused', of: 'server', reason: 'full', times: 6_000 }])
})
