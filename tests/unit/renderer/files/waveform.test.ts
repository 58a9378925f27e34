import { expect, test } from 'vitest'
import { barsOf, loudness } from '../../../../src/renderer/files/waveform'

test('a recording becomes at most 64 bars, its loudest moment at the top', () => {
  const levels = Array.from({ length: 1_000 }, (_, index) => (index === 700 ? 0.5 : 0.1))
  const bars = barsOf(levels)
  expect([bars.length, bars[0], Math.max(...bars), bars.indexOf(100)]).toEqual([64, 20, 100, 44])
  expect(barsOf([0.2, 0.4])).toEqual([50, 100])
})

test('silence stays silent, and nothing at all is one bar', () => {
  expect(barsOf([0.001, 0.001])).toEqual([2, 2])
  expect(barsOf([])).toEqual([0])
})

test('loudness is from 0 to 1', () => {
  expect(loudness(new Float32Array(8))).toBe(0)
  expect(loudness(Float32Array.from([1, -1, 1, -1]))).toBe(1)
})
