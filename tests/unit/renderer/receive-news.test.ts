// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { noticePhrases } from '../../../src/renderer/conversation/notice-phrases'
import { useMembers } from '../../../src/renderer/stores/members'
import { useMessages } from '../../../src/renderer/stores/messages'
import { useNotices } from '../../../src/renderer/stores/notices'
import { useOutbox } from '../../../src/renderer/stores/outbox'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { useUnread } from '../../../src/renderer/stores/unread'
import { ada, at, grace, said } from './support/conversation'
import { key, opened, openWindow, other, you } from './support/window'

test('messages heard out of order and twice stand once, in order, and count as unread', () => {
  const { pinia, hear } = openWindow()
  hear(
    { kind: 'messages', key, messages: [said(3, { by: grace })] },
    { kind: 'messages', key, messages: [said(2, { by: grace }), said(3, { by: grace })] },
  )
  expect(useMessages(pinia).inRoom(key)).toEqual([said(1), said(2, { by: grace }), said(3, { by: grace })])
  expect(useUnread(pinia).inRoom(key)).toBe(2)
  hear({ kind: 'read', key, seq: 3 })
  expect(useUnread(pinia).total).toBe(0)
})

test('a reset replaces what was known', () => {
  const { pinia, hear } = openWindow()
  hear({ kind: 'messages', key, messages: [said(900)], reset: { hasOlder: false } })
  expect(useMessages(pinia).inRoom(key)).toEqual([said(900)])
  expect(useMessages(pinia).shownIn(key).older).toBe('none')
})

test('people who come and go are members and one condensed line', () => {
  const { pinia, hear } = openWindow()
  hear(
    { kind: 'member_joined', key, member: other },
    { kind: 'member_joined', key, member: you },
    { kind: 'messages', key, messages: [said(2)] },
    { kind: 'member_left', key, memberId: grace, reason: 'disconnected' },
  )
  expect(useMembers(pinia).sorted(key, ada)).toEqual([you, { ...other, online: false }])
  expect(useNotices(pinia).inRoom(key).map(noticePhrases)).toEqual([
    [{ movement: 'joined', names: ['Grace'] }],
    [{ movement: 'disconnected', names: ['Grace'] }],
  ])
})

test('who is in a room again without having come is no line until they come', () => {
  const { pinia, hear } = openWindow()
  hear({ kind: 'member_joined', key, member: { ...other, online: false } })
  expect(useNotices(pinia).inRoom(key)).toEqual([])
  hear({ kind: 'member_joined', key, member: other })
  expect(useNotices(pinia).inRoom(key).map(noticePhrases)).toEqual([[{ movement: 'returned', names: ['Grace'] }]])
})

test('older messages are fetched once and put in front', async () => {
  let asked = 0
  const { pinia } = openWindow({
    fetchMessages: () => {
      asked += 1
      return Promise.resolve({ ok: true, value: { messages: [said(4)], hasOlder: false, hasNewer: true } })
    },
  })
  const messages = useMessages(pinia)
  messages.replace(key, [said(5)], true)
  await Promise.all([messages.fetchOlder(key), messages.fetchOlder(key)])
  expect(messages.inRoom(key)).toEqual([said(4), said(5)])
  expect([asked, messages.shownIn(key).older]).toEqual([1, 'none'])
})

test('older messages that could not be fetched can be asked for again', async () => {
  const { pinia } = openWindow({ fetchMessages: () => Promise.resolve({ ok: false, error: { code: 'offline' } }) })
  const messages = useMessages(pinia)
  await messages.fetchOlder(key)
  expect(messages.shownIn(key).older).toBe('failed')
})

test('a room that goes away leaves word of what was never sent', () => {
  const { pinia, hear } = openWindow()
  hear(
    { kind: 'pending', key, pending: [{ clientKey: said(7).clientKey, text: 'hello?', writtenAt: at('10:00') }] },
    { kind: 'room_gone', key, reason: 'closed_by_host' },
  )
  expect(useRooms(pinia).gone.get(key)).toEqual({
    name: 'Lobby',
    reason: 'closed_by_host',
    unsent: ['hello?'],
  })
  expect([useRooms(pinia).all, useOutbox(pinia).inRoom(key), useMessages(pinia).inRoom(key)]).toEqual([[], [], []])
})

test('a conversation of two goes by the other person to its end', () => {
  const { pinia, hear } = openWindow()
  const direct = { ...opened, room: { ...opened.room, kind: 'direct' as const, title: '' }, members: [you, other] }
  hear({ kind: 'room_opened', room: direct }, { kind: 'room_gone', key, reason: 'expired' })
  expect(useRooms(pinia).gone.get(key)).toEqual({ name: 'Grace', reason: 'expired', unsent: [] })
})

test('a room one left oneself is gone without a word', () => {
  const { pinia, hear } = openWindow()
  hear({ kind: 'room_gone', key, reason: 'left' })
  expect([useRooms(pinia).all, useRooms(pinia).gone.size]).toEqual([[], 0])
})
