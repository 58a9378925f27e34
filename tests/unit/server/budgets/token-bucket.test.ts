import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenBuckets } from '../../../../src/server/budgets/token-bucket'

function buckets(burst: number, perSecond: number) {
  const clock = { at: 0 }
  return { clock, ...createTokenBuckets({ burst, perSecond }, () => clock.at) }
}

test('a burst passes, then one at a time as told', () => {
  const { clock, take } = buckets(3, 2)
  expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 0])
  expect(take('a')).toBe(500)
  clock.at += 499
  expect(take('a')).toBe(1)
  clock.at += 1
  expect([take('a'), take('a')]).toEqual([0, 500])
})

test('keys do not share, debts are paid off and gifts stop at the burst', () => {
  const { take, owe, waitMs, giveBack } = buckets(1, 1)
  take('a')
  expect([waitMs('a'), waitMs('b')]).toEqual([1_000, 0])
  owe('a')
  expect(waitMs('a')).toBe(2_000)
  for (let n = 0; n < 5; n++) giveBack('a')
  expect([take('a'), waitMs('a')]).toEqual([0, 1_000])
})

test('no rate is no limit', () => {
  const { take } = buckets(1, Infinity)
  expect(Array.from({ length: 100 }, () => take('a')).every((wait) => wait === 0)).toBe(true)
})

test('never more than the burst and the rate allow, whatever comes when', () => {
  const waits = fc.array(fc.nat(400), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 50 }), waits, (burst, perSecond, pauses) => {
      const { clock, take } = buckets(burst, perSecond)
      let taken = 0
      for (const pause of pauses) {
        clock.at += pause
        if (take('a') === 0) taken++
        expect(taken).toBeLessThanOrEqual(burst + (clock.at / 1_000) * perSecond + 1e-6)
      }
    }),
    { seed: 1, numRuns: 200 },
  )
})
