import { expect, test } from 'vitest'
import { createBackOff } from '../../../src/client/back-off'

const waits = (random: number, count = 8) => {
  const backOff = createBackOff(() => random)
  return Array.from({ length: count }, () => backOff.nextMs())
}

test('waits double from half a second to ten', () => {
  expect(waits(0.5)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000])
})

test('jitter moves each wait by up to a half, never beyond ten seconds', () => {
  expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000])
  expect(waits(1)).toEqual([750, 1_500, 3_000, 6_000, 10_000, 10_000, 10_000, 10_000])
})

test('a reset starts over, and waits stay finite however long it takes', () => {
  const backOff = createBackOff(() => 0.5)
  for (let attempt = 0; attempt < 10_000; attempt++) backOff.nextMs()
  expect(backOff.nextMs()).toBe(10_000)

  backOff.reset()
  expect(backOff.nextMs()).toBe(500)
})
