import { expect, test } from 'vitest'
import { findByName } from '../../../src/renderer/conversation/find-rooms'
import { isMessage, type Entry } from '../../../src/renderer/conversation/entries'
import { foldedRun } from '../../../src/renderer/conversation/folded-run'
import { withoutMarks } from '../../../src/renderer/conversation/one-line'
import { readersAt } from '../../../src/renderer/conversation/readers-at'
import { excerptOf, searchTerms } from '../../../src/renderer/conversation/search-terms'
import { ada, grace, said } from './support/conversation'

test('a search keeps the server’s filters, takes out the room and highlights the words alone', () => {
  expect(searchTerms('from:Ada  coffee in:"The Lobby" has:file after:2026-01-01 mach')).toEqual({
    query: 'from:Ada coffee has:file after:2026-01-01 mach',
    inRoom: 'The Lobby',
    words: ['coffee', 'mach'],
  })
  expect(searchTerms('in: tea')).toEqual({ query: 'tea', words: ['tea'] })
})

test('an excerpt begins near the first hit and marks beginnings of words, whatever the words are', () => {
  const text = `${'long ago '.repeat(20)}the coffee machine: decoffee, Coffees`
  expect(excerptOf(text, ['coffee'])).toEqual([
    { text: expect.stringMatching(/^…(?:long |ago )+the $/) as string, isHit: false },
    { text: 'coffee', isHit: true },
    { text: ' machine: decoffee, ', isHit: false },
    { text: 'Coffee', isHit: true },
    { text: 's', isHit: false },
  ])
  expect(excerptOf('one\n\ntwo', [])).toEqual([{ text: 'one two', isHit: false }])
})

test('what is quoted or found stands without the marks that shaped it', () => {
  expect(withoutMarks('Good **morning**, _you_ and ~~I~~ `x`')).toBe('Good morning, you and I x')
  expect(withoutMarks('> said\n- one\n- two\n```ts\nconst a = 1\n```')).toBe('said one two const a = 1')
  expect(withoutMarks('snake_case 2*3*4 a > b 5 - 2')).toBe('snake_case 2*3*4 a > b 5 - 2')
})

test('messages folded away stand together as one', () => {
  const rows = [said(1), said(2, { by: grace }), said(3, { by: grace }), said(4), said(5, { by: grace })]
  const isFolded = (row: Entry | undefined) => isMessage(row) && row.author.memberId === grace
  expect(rows.map((_, index) => foldedRun(rows, index, isFolded))).toEqual([[], [2, 3], [], [], [5]])
})

test('rooms are found by any word of their name, those that begin with it first, marks and case aside', () => {
  const rooms = ['The Café', 'Lobby', 'Cafeteria', 'Decaf'].map((name) => ({ name }))
  expect(findByName(rooms, ' CAFE ').map(({ name }) => name)).toEqual(['Cafeteria', 'The Café'])
  expect(findByName(rooms, 'caf').map(({ name }) => name)).toEqual(['Cafeteria', 'The Café', 'Decaf'])
  expect(findByName(rooms, '')).toEqual(rooms)
})

test('a reader stands at the last message they have read, but not at their own', () => {
  const rows = [said(1), said(4, { by: grace }), said(6)]
  const at = (seq: number) => rows.map((_, index) => readersAt(rows, index, new Map([[grace, seq]])))
  expect(at(3)).toEqual([[grace], [], []])
  expect(at(5)).toEqual([[], [], []])
  expect(at(9)).toEqual([[], [], [grace]])
  expect(readersAt(rows, 1, new Map([[ada, 4]]))).toEqual([ada])
})
