import { expect, test } from 'vitest'
import { checkHistory, type History, type SaidAt } from '../../chaos/kills/check-history'

const room = (roomId: string, texts: readonly string[]): SaidAt[] =>
  texts.map((text, at) => ({ roomId, author: 'ada', clientKey: `key-${roomId}-${text}`, text, seq: at + 1 }))

const stored = [...room('AAAAAA', ['one', 'two', 'three']), ...room('BBBBBB', ['one', 'four'])]
const good: History = {
  acked: stored,
  stored,
  logs: [
    { viewer: 'grace', roomId: 'AAAAAA', messages: stored.slice(0, 3) },
    { viewer: 'edsger', roomId: 'BBBBBB', messages: stored.slice(3) },
  ],
}
const without = (text: string, messages: readonly SaidAt[]) => messages.filter((message) => message.text !== text)
const figures = (history: Partial<History>) => {
  const { lost, doubled, holes, viewersIdentical } = checkHistory({ ...good, ...history })
  return { lost, doubled, holes, viewersIdentical }
}

test('a history that keeps every promise has nothing to find', () => {
  expect(checkHistory(good)).toEqual({
    acked: 5,
    stored: 5,
    lost: 0,
    doubled: 0,
    holes: 0,
    viewersIdentical: true,
    findings: [],
  })
})

test('an acknowledged message missing from the store is lost, and leaves a hole', () => {
  expect(figures({ stored: without('two', stored), logs: [] })).toEqual({
    lost: 1,
    doubled: 0,
    holes: 1,
    viewersIdentical: true,
  })
})

test('an acknowledged last message missing from the store is lost without a hole', () => {
  expect(figures({ stored: without('four', stored), logs: [] })).toMatchObject({ lost: 1, holes: 0 })
})

test('a message kept with another text or at another seq is lost', () => {
  const changed = (change: Partial<SaidAt>) => stored.map((row) => (row.text === 'two' ? { ...row, ...change } : row))
  expect(figures({ stored: changed({ text: 'too' }), logs: [] }).lost).toBe(1)
  expect(figures({ acked: changed({ seq: 9 }), logs: [] }).lost).toBe(1)
})

test('a message that was never acknowledged may be kept', () => {
  expect(figures({ acked: stored.slice(0, 2) })).toEqual({ lost: 0, doubled: 0, holes: 0, viewersIdentical: true })
})

test('one send kept twice is doubled, under its own key or another', () => {
  const again = { ...stored[1]!, seq: 4 }
  expect(figures({ stored: [...stored, again], logs: [] }).doubled).toBe(1)
  expect(figures({ stored: [...stored, { ...again, clientKey: 'another' }], logs: [] }).doubled).toBe(1)
})

test('the same text in two rooms is not doubled', () => {
  expect(figures({}).doubled).toBe(0)
})

test('a viewer that lacks a message has lost it and differs', () => {
  const messages = without('two', stored.slice(0, 3))
  expect(figures({ logs: [{ viewer: 'grace', roomId: 'AAAAAA', messages }] })).toEqual({
    lost: 1,
    doubled: 0,
    holes: 1,
    viewersIdentical: false,
  })
})

test('a viewer that shows another order differs', () => {
  const messages = [stored[1]!, stored[0]!, stored[2]!]
  const verdict = checkHistory({ ...good, logs: [{ viewer: 'grace', roomId: 'AAAAAA', messages }] })
  expect(verdict.viewersIdentical).toBe(false)
  expect(verdict.findings).toEqual(['grace shows 2 "two" where the store has 1 "one"'])
})

test('a viewer that shows what the store does not have differs', () => {
  const messages = [...stored.slice(0, 3), { ...stored[0]!, clientKey: 'ghost', text: 'ghost', seq: 4 }]
  expect(figures({ logs: [{ viewer: 'grace', roomId: 'AAAAAA', messages }] })).toEqual({
    lost: 0,
    doubled: 0,
    holes: 0,
    viewersIdentical: false,
  })
})
