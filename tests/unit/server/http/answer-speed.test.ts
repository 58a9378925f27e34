import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAnswerSpeed } from '../../../../src/server/http/answer-speed'
import type { AskSystem } from '../../../../src/server/http/unacknowledged'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const patienceMs = 1_000
const leastPerSecond = 1_000

/** An answer that waits for its reader; `written` says how much that one has taken so far. */
function answer(written = () => 0) {
  const destroy = vi.fn()
  const socket = {
    writableLength: 65_536,
    get bytesWritten() {
      return 65_536 + written()
    },
    destroy,
  }
  const response = Object.assign(new EventEmitter(), { socket }) as unknown as ServerResponse
  return { response, socket, destroy }
}

/** A system that only says now and then what it still holds. */
function seldom(everyMs: number): AskSystem {
  let saysAt = 0
  return () => {
    if (performance.now() < saysAt) return Promise.resolve('later')
    saysAt = performance.now() + everyMs
    return Promise.resolve(() => 0)
  }
}

const saysNothing: AskSystem = () => Promise.resolve(() => undefined)

const watching = (askSystem: AskSystem) => createAnswerSpeed({ leastPerSecond, patienceMs }, askSystem)

test('an answer that nobody reads is cut once the system has said so twice, however seldom it does', async () => {
  const { response, destroy } = answer()
  watching(seldom(3 * patienceMs)).watch(response)
  await vi.advanceTimersByTimeAsync(3 * patienceMs)
  expect(destroy).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(patienceMs / 2)
  expect(destroy).toHaveBeenCalled()
})

test('where the system says nothing, an answer that nobody reads is cut after twice the time', async () => {
  const { response, destroy } = answer()
  watching(saysNothing).watch(response)
  await vi.advanceTimersByTimeAsync(1.9 * patienceMs)
  expect(destroy).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(patienceMs / 2)
  expect(destroy).toHaveBeenCalled()
})

test('an answer read a little faster than it must be is never cut, whatever the system says and how seldom', async () => {
  for (const askSystem of [saysNothing, ...[0, patienceMs, 7 * patienceMs].map(seldom)]) {
    const began = performance.now()
    const { response, destroy } = answer(() => (performance.now() - began) * 1.1)
    watching(askSystem).watch(response)
    await vi.advanceTimersByTimeAsync(40 * patienceMs)
    expect(destroy).not.toHaveBeenCalled()
  }
})

test('a reader that nobody waited for in between has all the time again, however seldom the system is asked', async () => {
  const { response, socket, destroy } = answer()
  watching(seldom(7 * patienceMs)).watch(response)
  await vi.advanceTimersByTimeAsync(patienceMs)
  socket.writableLength = 0
  await vi.advanceTimersByTimeAsync(3 * patienceMs)
  socket.writableLength = 65_536
  await vi.advanceTimersByTimeAsync(4 * patienceMs)
  expect(destroy).not.toHaveBeenCalled()
})

test('a process that stood still does not blame its readers', async () => {
  const { response, destroy } = answer()
  watching(seldom(0)).watch(response)
  await vi.advanceTimersByTimeAsync(patienceMs / 5)
  const stood = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60 * patienceMs)
  await vi.advanceTimersByTimeAsync(patienceMs / 5)
  stood.mockRestore()
  expect(destroy).not.toHaveBeenCalled()
})
