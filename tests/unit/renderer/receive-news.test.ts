// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { createApp } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { JoinedRoom, News, Platform, RoomKey } from '#shared/bridge'
import type { Member } from '#shared/protocol/entities'
import { pageStorageKey } from '../../../src/renderer/composables/use-page-storage'
import { platformKey } from '../../../src/renderer/composables/use-platform'
import { noticePhrases } from '../../../src/renderer/conversation/notice-phrases'
import { createPageStorage } from '../../../src/renderer/platform/page-storage'
import { createNewsReceiver } from '../../../src/renderer/platform/receive-news'
import { useMembers } from '../../../src/renderer/stores/members'
import { useMessages } from '../../../src/renderer/stores/messages'
import { useNotices } from '../../../src/renderer/stores/notices'
import { useOutbox } from '../../../src/renderer/stores/outbox'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { useUnread } from '../../../src/renderer/stores/unread'
import { ada, at, grace, roomId, said } from './support/conversation'

const server = 'http://lan.test:4545' as ServerUrl
const key = `${server}/${roomId}` as RoomKey
const you: Member = { memberId: ada, name: 'Ada', online: true, role: 'host' }
const other: Member = { memberId: grace, name: 'Grace', online: true, role: 'member' }
const opened: JoinedRoom = {
  key,
  server,
  room: { roomId, title: 'Lobby', createdAt: 0, rev: 1, retention: 'forever' },
  you,
  members: [you],
  messages: [said(1)],
  hasOlder: true,
  pending: [],
  readSeq: 1,
  ready: true,
}

/** The stores of one window in a room, and a platform that answers what the test gives it. */
function openWindow(answers: Partial<Platform> = {}) {
  const [app, pinia] = [createApp({}), createPinia()]
  app.provide(platformKey, { kind: 'web', ...answers } as Platform)
  app.provide(pageStorageKey, createPageStorage(undefined))
  app.use(pinia)
  const receive = createNewsReceiver(pinia)
  const hear = (...news: News[]) => receive(news)
  hear({ kind: 'room_opened', room: opened })
  return { pinia, hear }
}

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
  expect(useMessages(pinia).olderIn(key)).toBe('none')
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

test('older messages are fetched once and put in front', async () => {
  let asked = 0
  const { pinia } = openWindow({
    fetchHistory: ({ before }) => {
      asked += 1
      return Promise.resolve({ ok: true, value: { messages: [said(before - 1)], hasMore: false } })
    },
  })
  const messages = useMessages(pinia)
  messages.replace(key, [said(5)], true)
  await Promise.all([messages.fetchOlder(key), messages.fetchOlder(key)])
  expect(messages.inRoom(key)).toEqual([said(4), said(5)])
  expect([asked, messages.olderIn(key)]).toEqual([1, 'none'])
})

test('older messages that could not be fetched can be asked for again', async () => {
  const { pinia } = openWindow({ fetchHistory: () => Promise.resolve({ ok: false, error: { code: 'offline' } }) })
  const messages = useMessages(pinia)
  await messages.fetchOlder(key)
  expect(messages.olderIn(key)).toBe('failed')
})

test('a room that goes away leaves word of what was never sent', () => {
  const { pinia, hear } = openWindow()
  hear(
    { kind: 'pending', key, pending: [{ clientKey: said(7).clientKey, text: 'hello?', writtenAt: at('10:00') }] },
    { kind: 'room_gone', key, reason: 'closed_by_host' },
  )
  expect(useRooms(pinia).gone.get(key)).toEqual({
    title: 'Lobby',
    code: roomId,
    reason: 'closed_by_host',
    unsent: ['hello?'],
  })
  expect([useRooms(pinia).all, useOutbox(pinia).inRoom(key), useMessages(pinia).inRoom(key)]).toEqual([[], [], []])
})

test('a room one left oneself is gone without a word', () => {
  const { pinia, hear } = openWindow()
  hear({ kind: 'room_gone', key, reason: 'left' })
  expect([useRooms(pinia).all, useRooms(pinia).gone.size]).toEqual([[], 0])
})
