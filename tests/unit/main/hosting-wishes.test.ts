import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHosting } from '../../../src/main/hosting/hosting'
import type { Child } from '../../../src/main/hosting/server-process'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Listener = (said: unknown) => void

/** A computer whose server processes take their time to start and to end. */
function computer(random: () => number) {
  const alive = new Set<object>()
  let mostAlive = 0
  const later = (run: () => void) => setTimeout(run, Math.floor(random() * 400))

  const fork = (): Child => {
    const process = {}
    const listeners: Record<string, Listener> = {}
    alive.add(process)
    mostAlive = Math.max(mostAlive, alive.size)
    const end = (code: number) => {
      if (alive.delete(process)) listeners['exit']?.(code)
    }
    return {
      postMessage(message) {
        if (message.kind === 'stop') later(() => end(0))
        else if (random() < 0.15) later(() => listeners['message']?.({ kind: 'failed', code: 'internal' }))
        else if (random() < 0.2) later(() => end(1))
        else later(() => alive.has(process) && listeners['message']?.({ kind: 'started', host: '::', port: 4_546 }))
      },
      on: (event: string, listener: never) => void (listeners[event] = listener),
      kill: () => true,
    } as Child
  }
  const hosting = createHosting({
    fork,
    wantedPort: 4_545,
    rememberedPort: () => undefined,
    paths: { dataDir: '/data', webDir: '/web', names: [] },
    addresses: () => new Promise((resolve) => void later(() => resolve([]))),
    changed: () => {},
    now: Date.now,
    note: () => {},
    report: (error) => expect.fail(String(error)),
  })
  return { hosting, alive: () => alive.size, mostAlive: () => mostAlive }
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('stop, host, stop in quick succession ends without hosting', async () => {
  const { hosting, alive } = computer(() => 0.5)
  void hosting.start()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(hosting.state().state).toBe('running')

  const answers = [hosting.stop(), hosting.start(), hosting.stop()]
  await vi.advanceTimersByTimeAsync(10_000)

  await Promise.all(answers)
  expect([hosting.state().state, alive()]).toEqual(['stopped', 0])
})

test('whatever is asked for in whatever order, the newest wish wins and two servers never run', async () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = seeded(seed)
    const { hosting, alive, mostAlive } = computer(random)
    const answers: Promise<unknown>[] = []
    let isWanted = false
    for (let step = 0; step < 12; step++) {
      isWanted = random() < 0.5
      answers.push(isWanted ? hosting.start() : hosting.stop())
      if (random() < 0.6) await vi.advanceTimersByTimeAsync(Math.floor(random() * 600))
    }
    await vi.advanceTimersByTimeAsync(300_000)

    // Every question is answered.
    await Promise.all(answers)
    const { state } = hosting.state()
    expect(mostAlive()).toBeLessThanOrEqual(1)
    if (!isWanted) expect([seed, state, alive()]).toEqual([seed, 'stopped', 0])
    else expect([seed, state]).toEqual([seed, expect.stringMatching(/^(running|failed)$/)])
  }
})
