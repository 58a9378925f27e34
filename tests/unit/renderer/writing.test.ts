import { expect, test } from 'vitest'
import { askedBefore, spelledBefore, suggestEmoji, suggestPeople } from '../../../src/renderer/writing/suggestions'
import { linked, wrapped } from '../../../src/renderer/writing/wrap'
import { ada, grace } from './support/conversation'

const members = [
  { memberId: ada, name: 'Ada' },
  { memberId: grace, name: 'Grace Hopper' },
]
const labels = (asked: string) => suggestPeople(asked, members, ada).map(({ label }) => label)

test('a sign before the caret asks for people or emoji', () => {
  expect(askedBefore('hi @gra', 7)).toEqual({ kind: 'mention', start: 3, asked: 'gra' })
  expect(askedBefore('＠Grace h', 8)).toEqual({ kind: 'mention', start: 0, asked: 'Grace h' })
  expect(askedBefore('ok :smi', 7)).toEqual({ kind: 'emoji', start: 3, asked: 'smi' })
  expect(['ada@gra', 'at 10:30', ':s', 'a:smile', ''].map((text) => askedBefore(text, text.length))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  )
})

test('a code that was just written out is an emoji, in code it is not', () => {
  const spelled = (text: string) => spelledBefore(text, text.length)
  expect(spelled('well :tada:')).toEqual({ start: 5, code: 'tada' })
  expect(['at 10:30:', 'a:tada:', '`:tada:', '```\n:tada:', ':t:'].map(spelled)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  )
  expect(spelled('```\na\n```\n:tada:')).toMatchObject({ code: 'tada' })
})

test('people are found by the beginning of a word of their name, oneself never', () => {
  expect([labels(''), labels('hop'), labels('ev'), labels('ada'), labels('race')]).toEqual([
    ['Grace Hopper', 'everyone'],
    ['Grace Hopper'],
    ['everyone'],
    [],
    [],
  ])
})

test('a name that is written out is not suggested any more', () => {
  expect([labels('grace hoppe'), labels('Grace Hopper'), labels('everyone')]).toEqual([['Grace Hopper'], [], []])
})

test('an emoji is put in place of its code', () => {
  const entry = { emoji: '😄', name: 'grinning', codes: ['smile'], words: '' }
  expect(suggestEmoji([entry])).toEqual([{ key: '😄', sign: '😄', label: ':smile:', text: '😄 ' }])
})

test('marks go around the selection and come off again', () => {
  expect(wrapped('a bc d', { start: 2, end: 4 }, '**')).toEqual({
    ...{ start: 2, end: 4, text: '**bc**' },
    select: { start: 4, end: 6 },
  })
  expect(wrapped('a **bc** d', { start: 4, end: 6 }, '**')).toEqual({
    ...{ start: 2, end: 8, text: 'bc' },
    select: { start: 2, end: 4 },
  })
})

test('a link is made of the selection, its address selected', () => {
  expect(linked('see docs', { start: 4, end: 8 })).toEqual({
    ...{ start: 4, end: 8, text: '[docs](https://)' },
    select: { start: 11, end: 19 },
  })
})
