import { expect, test } from 'vitest'
import { highlight } from '../../../../src/renderer/markup/highlight'

test('code is coloured by the name of its language, and nothing of it is lost', () => {
  const code = "const a = 'b' // <i>\nfunction f(x: number) { return 42 }"
  const pieces = highlight(code, 'ts') ?? []
  expect(pieces.map(({ text }) => text).join('')).toBe(code)
  expect(pieces.filter(({ role }) => role !== '').map(({ text, role }) => `${role} ${text}`)).toEqual(
    expect.arrayContaining(['keyword const', "string 'b'", 'comment // <i>', 'name f', 'number 42']),
  )
})

test('an unknown language, or more or deeper than is quickly read, stays as it is', () => {
  const left = [
    highlight('a', 'klingon'),
    highlight('a', ''),
    highlight('a'.repeat(9_000), 'js'),
    highlight('`${'.repeat(1_000), 'js'),
  ]
  expect(left).toEqual(left.map(() => undefined))
})
