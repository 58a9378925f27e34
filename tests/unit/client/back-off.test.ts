import { expect, test } from 'vitest'
import { createBackOff } from '../../../src/client/back-off'

const waits = (random: number, count = 8) => {
  const backOff = createBackOff(() => random)
  return Array.from({ length: count }, () => backOff.nextMs())
}

test('waits grow by half, from half a second to ten', () => {
  expect(waits(0.5, 9)).toEqual([500, 750, 1_125, 1_688, 2_531, 3_797, 5_695, 8_543, 10_000])
})

test('jitter moves each wait by up to a half, never beyond ten seconds', () => {
  expect(waits(0)).toEqual([250, 375, 563, 844, 1_266, 1_898, 2_848, 4_271])
  expect(waits(1)).toEqual([750, 1_125, 1_688, 2_531, 3_797, 5_695, 8_543, 10_000])
})

test('a reset starts over, and waits stay finite however long it takes', () => {
  const backOff = createBackOff(() => 0.5)
  for (let attempt = 0; attempt < 10_000; attempt++) backOff.nextMs()
  expect(backOff.nextMs()).toBe(10_000)

  backOff.reset()
  expect(backOff.nextMs()).toBe(500)
})
