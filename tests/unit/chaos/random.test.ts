import { expect, test } from 'vitest'
import { createRandom } from '../../chaos/random'

const throws = (seed: number) => {
  const random = createRandom(seed)
  return Array.from({ length: 1_000 }, () => random.between(1, 6))
}

test('the same seed gives the same numbers, another seed others', () => {
  expect(throws(1)).toEqual(throws(1))
  expect(throws(1)).not.toEqual(throws(2))
})

test('a die falls on each of its sides, about equally often', () => {
  const counts = [1, 2, 3, 4, 5, 6].map((side) => throws(3).filter((one) => one === side).length)
  expect(Math.min(...counts)).toBeGreaterThan(120)
  expect(counts.reduce((sum, one) => sum + one)).toBe(1_000)
})
