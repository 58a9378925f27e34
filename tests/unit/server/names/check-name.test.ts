import { describe, expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import { checkName } from '../../../../src/server/names/check-name'
import { honestNames } from './honest-names'
import { lookAlikes } from './look-alikes'

const keyOf = (name: string): string | undefined => {
  try {
    return checkName(name).key
  } catch (error) {
    if (error instanceof Refusal && error.code === 'name_invalid') return undefined
    throw error
  }
}
const isRefused = (name: string) => keyOf(name) === undefined

test('a name is shown composed, with its spaces in order', () => {
  expect(checkName('  Jose\u0301\u00A0 Luis ').shown).toBe('José Luis')
})

test('a refused name says which field is at fault', () => {
  expect(() => checkName('')).toThrow(new Refusal('name_invalid', { field: 'name' }))
})

describe('a thousand look-alikes', () => {
  test('are refused or compared as what they look like', () => {
    const through = lookAlikes.filter(([name, other]) => !isRefused(other) && keyOf(other) !== keyOf(name))

    expect(lookAlikes.length).toBeGreaterThanOrEqual(900)
    expect(through.map(([name, other]) => `${name} and ${other}`)).toEqual([])
  })

  test('are of names that may be taken', () => {
    expect(lookAlikes.filter(([name]) => isRefused(name))).toEqual([])
  })
})

describe('honest names', () => {
  const names = Object.values(honestNames).flatMap((list) => list.split(','))

  test('of twenty scripts pass, ninety-nine in a hundred', () => {
    const refused = names.filter(isRefused)

    expect(Object.keys(honestNames).length).toBeGreaterThanOrEqual(20)
    expect(names.length).toBeGreaterThanOrEqual(500)
    expect(refused.length / names.length, refused.join(', ')).toBeLessThanOrEqual(0.01)
  })

  test('that differ in more than accents stay apart', () => {
    const pairs = ['राम रमा', 'かく がく', 'Ben Dan', 'Иван Игорь', 'דוד דון', '김철수 김철호', 'Νίκος Νίκη']
    const same = pairs.filter((pair) => new Set(pair.split(' ').map(keyOf)).size < 2)

    expect(same).toEqual([])
  })
})

test.each([
  ['nothing', ' '],
  ['a control character', 'a\u0007b'],
  ['half a surrogate pair', 'a\uD83D'],
  ['a private character', 'a\uE000'],
  ['an unassigned character', 'a\u0378'],
  ['a paragraph separator', 'a\u2029b'],
  ['marks alone', '\u0301\u0302'],
  ['three marks in a row', 'a\u0301\u0302\u0303'],
  ['punctuation alone', '...'],
  ['a joiner outside an emoji', 'a\u200Db'],
  ['letters of two scripts', 'pаypal'],
  ['thirty-three characters', 'a'.repeat(33)],
  ['more than 128 bytes', '👩‍👩‍👧‍👦'.repeat(6)],
])('%s is no name', (_, name) => {
  expect(isRefused(name)).toBe(true)
})

test.each(['admin', 'Host', 'SYSTEM', 'h0st', 'Нost', 'm o d e r a t o r', '@everyone', 'here!', 'pаrlor', 'ParIor'])(
  'nobody is called %s',
  (name) => {
    expect(isRefused(name)).toBe(true)
  },
)

test('an emoji may be part of a name, joined ones too', () => {
  expect(checkName('Ada 👩🏽‍💻').shown).toBe('Ada 👩🏽‍💻')
  expect(keyOf('Ada 👩🏽‍💻')).not.toBe(keyOf('Ada'))
})

test('thirty-two characters fit, however many code points they are', () => {
  expect(isRefused('ề'.normalize('NFD').repeat(32))).toBe(false)
})
