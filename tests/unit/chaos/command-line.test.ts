import { expect, test } from 'vitest'
import { readOptions, UsageError, wholeNumber } from '../../chaos/command-line'

test('a command line gives whole numbers or their defaults, and nothing else', () => {
  const { values, json } = readOptions(['kills', 'seed'], ['--kills', '30', '--json'])
  expect([wholeNumber('kills', values.kills, 20), wholeNumber('seed', values.seed, 1), json]).toEqual([30, 1, true])
  expect(() => wholeNumber('kills', 'many', 20)).toThrow(UsageError)
  expect(() => readOptions(['kills'], ['--kill', '3'])).toThrow(UsageError)
})
