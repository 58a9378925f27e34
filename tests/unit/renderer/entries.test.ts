import { expect, test } from 'vitest'
import type { Notice } from '../../../src/renderer/conversation/condense-notices'
import { entriesOf, entryKey, isPrepended } from '../../../src/renderer/conversation/entries'
import { ada, at, grace, said } from './support/conversation'

const notice = (afterSeq: number): Notice => ({ kind: 'notice', id: `notice-${afterSeq}`, afterSeq, moved: [] })
const pendingAs = (message: ReturnType<typeof said>) => ({
  clientKey: message.clientKey,
  text: message.text,
  writtenAt: at('10:00'),
})
const room = {
  messages: [said(1), said(2), said(3)],
  notices: [],
  pending: [],
  hasOlder: false,
  hasNewer: false,
  you: ada,
}

test('notices stand after the message they followed, pending messages at the end', () => {
  const pending = pendingAs(said(9))
  expect(entriesOf({ ...room, notices: [notice(0), notice(2)], pending: [pending], hasOlder: true })).toEqual([
    { kind: 'older' },
    notice(0),
    said(1),
    said(2),
    notice(2),
    said(3),
    { kind: 'pending', pending },
  ])
})

test('a pending message that was posted is shown once, in the same row', () => {
  const entries = entriesOf({ ...room, pending: [pendingAs(said(3))] })
  expect(entries).toEqual([{ kind: 'start' }, said(1), said(2), said(3)])
  expect(entryKey({ kind: 'pending', pending: pendingAs(said(3)) }, ada)).toBe(entryKey(said(3), ada))
})

test("another person's message with the same key is another row", () => {
  expect(entryKey(said(3, { by: grace }), ada)).not.toBe(entryKey(said(3), ada))
})

test('only older messages in front count as prepended', () => {
  const before = entriesOf(room)
  const withOlder = entriesOf({ ...room, messages: [said(1), ...room.messages.map((one) => said(one.seq + 1))] })
  expect(isPrepended(entriesOf({ ...room, messages: [said(2), said(3)] }), before)).toBe(true)
  expect(isPrepended(before, entriesOf({ ...room, messages: [...room.messages, said(4)] }))).toBe(false)
  expect(isPrepended(before, withOlder)).toBe(false)
  expect(isPrepended(entriesOf({ ...room, messages: [] }), before)).toBe(false)
})

test('messages that do not reach the newest end with the way there, without what came later', () => {
  expect(
    entriesOf({
      ...room,
      notices: [notice(2), notice(3)],
      pending: [{ clientKey: said(9).clientKey, text: 'later', writtenAt: 0 }],
      hasNewer: true,
    }),
  ).toEqual([{ kind: 'start' }, said(1), said(2), notice(2), said(3), { kind: 'newer' }])
})
