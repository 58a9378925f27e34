import { expect, test } from 'vitest'
import { ackIdOf, readAnswer } from '../../chaos/fuzzing/read-answer'

test('a typed refusal answers the packet whose id it carries', () => {
  const refusal = '4312[{"ok":false,"error":{"code":"invalid_request","field":"text"}}]'
  expect(readAnswer(refusal, '12')).toBe('refused')
  expect(readAnswer(refusal, undefined)).toBe('refused')
  expect(readAnswer(refusal, '13')).toBe('untyped')
})

test('a refusal that says more than the contract is untyped', () => {
  expect(readAnswer('431[{"ok":false,"error":{"code":"internal","stack":"at x"}}]', '1')).toBe('untyped')
  expect(readAnswer('431[{"ok":false,"error":{"code":"boom"}}]', '1')).toBe('untyped')
  expect(readAnswer('431["no"]', '1')).toBe('untyped')
})

test('a success is told from a refusal', () => {
  expect(readAnswer('431[{"ok":true,"value":{}}]', '1')).toBe('accepted')
  expect(readAnswer('40{"sid":"x"}', undefined)).toBe('accepted')
})

test('a refused handshake carries its code', () => {
  expect(readAnswer('44{"message":"refused","data":{"code":"unsupported_version"}}', undefined)).toBe('refused')
  expect(readAnswer('44{"message":"TypeError: x"}', undefined)).toBe('untyped')
})

test('pings and announcements answer nothing', () => {
  expect(readAnswer('2', '1')).toBeUndefined()
  expect(readAnswer('42["message_posted",{}]', '1')).toBeUndefined()
})

test('only an id that a number can hold is expected back', () => {
  expect(ackIdOf('42007["x"]')).toBe('7')
  expect(ackIdOf(`42${'9'.repeat(400)}["x"]`)).toBeUndefined()
  expect(ackIdOf('42["x"]')).toBeUndefined()
})
