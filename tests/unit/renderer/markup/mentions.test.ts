import { expect, test } from 'vitest'
import { mentionsEveryone, mentionsIn, mentionsMe } from '../../../../src/renderer/markup/mentions'
import { ada, grace } from '../support/conversation'
import type { MemberId } from '#shared/protocol/ids'

const annie = '018f0000-0000-7000-8000-00000000000c' as MemberId
const members = [
  { memberId: ada, name: 'Ada' },
  { memberId: annie, name: 'Ada Lovelace' },
  { memberId: grace, name: 'Gräce_1' },
]
const named = (text: string) => mentionsIn(text, members).map(({ start, end }) => text.slice(start, end))

test('the longest name that fits is meant, in any case, after either sign', () => {
  expect(mentionsIn('hi @ada lovelace, ＠GRÄCE_1!', members)).toEqual([
    { start: 3, end: 16, memberId: annie },
    { start: 18, end: 26, memberId: grace },
  ])
  expect(named('@Ada Love @ada\u2019s (@ada)')).toEqual(['@Ada', '@ada', '@ada'])
})

test('a name inside a word, an address or a longer name means nobody', () => {
  expect(named('x@ada @adam @ada1 grace@ada.com @ ada @@')).toEqual([])
})

test('a message means me by my name or with everyone, but not in code', () => {
  expect(mentionsMe('@ada look', ada, members)).toBe(true)
  expect(mentionsMe('@ada lovelace look', ada, members)).toBe(false)
  expect(mentionsMe('@Everyone look', ada, members)).toBe(true)
  expect(mentionsMe('`@ada` and\n```\n@everyone\n```', ada, members)).toBe(false)
  expect([mentionsEveryone('hi @everyone'), mentionsEveryone('hi @everyones'), mentionsEveryone('hi')]).toEqual([
    true,
    false,
    false,
  ])
})

test('signs without end are read once each', () => {
  const crowd = Array.from({ length: 500 }, (_one, index) => ({ memberId: `${index}` as MemberId, name: `a${index}` }))
  expect(mentionsIn('@a'.repeat(4_000), crowd)).toEqual([])
  expect(mentionsIn(' @a7'.repeat(1_000), crowd)).toHaveLength(1_000)
})
