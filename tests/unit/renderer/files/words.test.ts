import { expect, test } from 'vitest'
import { clockWords, sizeWords } from '../../../../src/renderer/text/files'

test('sizes are said as file managers say them', () => {
  const sizes = [0, 1, 999, 1_000, 263_000, 1_400_000, 25_000_000, 5_000_000_000, 7e12].map(sizeWords)
  expect(sizes).toEqual([
    ...['0 bytes', '1 byte', '999 bytes', '1 kB', '263 kB', '1.4 MB', '25 MB', '5 GB', '7,000 GB'],
  ])
})

test('times are said as players say them', () => {
  expect([0, 400, 7_000, 59_600, 754_000, 3_723_000].map(clockWords)).toEqual([
    ...['0:00', '0:00', '0:07', '1:00', '12:34', '1:02:03'],
  ])
})
