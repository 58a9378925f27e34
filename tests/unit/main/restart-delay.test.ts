import { expect, test } from 'vitest'
import { createRestartDelay } from '../../../src/main/hosting/restart-delay'

function crashesAt(times: readonly number[]) {
  let now = 0
  const delay = createRestartDelay(() => now)
  return times.map((time) => {
    now = time
    return delay.crashed().delayMs
  })
}

test('five crashes within a minute are each answered within a second, the sixth waits longer', () => {
  const delays = crashesAt([0, 1_000, 2_000, 3_000, 4_000, 5_000, 8_000, 13_000])
  expect(delays.slice(0, 5).every((delay) => delay < 1_000)).toBe(true)
  expect(delays.slice(5)).toEqual([2_000, 4_000, 8_000])
})

test('rare crashes never add up', () => {
  const delays = crashesAt(Array.from({ length: 50 }, (_, crash) => crash * 61_000))
  expect(new Set(delays).size).toBe(1)
})

test('the wait stays within a minute', () => {
  const delays = crashesAt(Array.from({ length: 40 }, (_, crash) => crash * 100))
  expect(Math.max(...delays)).toBe(60_000)
})

test('a calm minute forgives', () => {
  const stormy = [0, 1, 2, 3, 4, 5]
  expect(crashesAt([...stormy, 200_000]).at(-1)).toBe(crashesAt([0])[0])
})
