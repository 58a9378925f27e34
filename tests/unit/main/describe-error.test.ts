import { expect, test } from 'vitest'
import { describeError } from '../../../src/main/diagnostics/describe-error'

test('a log says what kind of error it was and where, never what it said', () => {
  const error = Object.assign(new TypeError('could not send "meet me at noon"\nat my desk'), { code: 'EPIPE' })
  const described = describeError(error)

  expect(described).toMatchObject({ name: 'TypeError', code: 'EPIPE' })
  expect(described.stack).toContain('describe-error.test')
  expect(JSON.stringify(described)).not.toMatch(/noon|desk/)
})

test('anything can be thrown', () => {
  for (const thrown of [undefined, null, 'secret', 5, {}]) {
    expect(describeError(thrown)).toEqual({ name: typeof thrown, code: '', stack: '' })
  }
})
