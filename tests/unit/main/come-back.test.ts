import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createComeBack } from '../../../src/main/windows/come-back'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A window whose page crashes as soon as it is loaded, for `crashes` times. */
function open(crashes: number, answers: boolean[]) {
  const seen = { reloads: 0, questions: 0, quits: 0 }
  const comeBack = createComeBack({
    now: Date.now,
    ask() {
      seen.questions += 1
      return Promise.resolve(answers.shift() ?? false)
    },
    quit: () => void (seen.quits += 1),
    report: (error) => expect.fail(String(error)),
  })
  const reload = () => {
    seen.reloads += 1
    if (seen.reloads < crashes) setTimeout(() => comeBack.lost(reload), 10)
  }
  return { seen, crash: () => comeBack.lost(reload) }
}

test('a page that crashes at once is brought back three times, then the person is asked', async () => {
  const { seen, crash } = open(Infinity, [false])
  crash()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(seen).toEqual({ reloads: 3, questions: 1, quits: 1 })
})

test('who tries again has three more, and is asked again', async () => {
  const { seen, crash } = open(Infinity, [true, false])
  crash()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(seen).toEqual({ reloads: 7, questions: 2, quits: 1 })
})

test('a page that crashes now and then is always brought back at once', async () => {
  const { seen, crash } = open(0, [])
  for (let count = 0; count < 20; count++) {
    crash()
    await vi.advanceTimersByTimeAsync(61_000)
  }
  expect(seen).toEqual({ reloads: 20, questions: 0, quits: 0 })
})

test('while the person is asked nothing else is done', async () => {
  let answer = (_: boolean) => {}
  const reload = vi.fn()
  const comeBack = createComeBack({
    now: Date.now,
    ask: () => new Promise((resolve) => (answer = resolve)),
    quit: () => {},
    report: () => {},
  })
  for (let count = 0; count < 10; count++) comeBack.lost(reload)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reload).toHaveBeenCalledTimes(3)
  answer(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(reload).toHaveBeenCalledTimes(4)
})
