// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import type { MessagePage, PlatformCalls, RoomKey } from '#shared/bridge'
import type { RoomId } from '#shared/protocol/ids'
import { useChanges } from '../../../src/renderer/stores/changes'
import { useCompositions } from '../../../src/renderer/stores/compositions'
import { useMessages } from '../../../src/renderer/stores/messages'
import { usePrivacy } from '../../../src/renderer/stores/privacy'
import { useReads } from '../../../src/renderer/stores/reads'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { useTypists } from '../../../src/renderer/stores/typists'
import { useUnread } from '../../../src/renderer/stores/unread'
import { ada, grace, said } from './support/conversation'
import { key, opened, openWindow, server } from './support/window'

const done = { ok: true, value: {} } as const
const page = (from: number, to: number, edges: Partial<MessagePage> = {}): MessagePage => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => said(from + index)),
  hasOlder: true,
  hasNewer: true,
  ...edges,
})
const seqsIn = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq)

afterEach(() => void vi.useRealTimers())

test('a change is shown before the server knows of it, and taken back when it fails', () => {
  const { pinia, hear } = openWindow()
  const changes = useChanges(pinia)
  hear({ kind: 'pending_changes', key, pendingChanges: [{ seq: 1, change: { kind: 'react', emoji: '👍' } }] })
  expect(changes.applied(key, said(1), ada).reactions).toEqual([{ emoji: '👍', memberIds: [ada] }])

  const failed = { seq: 1, change: { kind: 'edit', text: 'x' }, failed: 'forbidden' } as const
  hear({ kind: 'pending_changes', key, pendingChanges: [failed] })
  expect([changes.applied(key, said(1), ada), changes.failedOn(key, 1)]).toEqual([said(1), failed])
})

test('a message far back is opened with what surrounds it, and grows together with the newest', async () => {
  const pages = [page(10, 12), page(13, 15), page(16, 20, { hasNewer: true })]
  const asked: PlatformCalls['fetchMessages'] extends (input: infer Input) => unknown ? Input[] : never = []
  const { pinia, hear } = openWindow({
    fetchMessages: (input) => {
      asked.push(input)
      return Promise.resolve({ ok: true, value: pages.shift() ?? page(1, 1) })
    },
  })
  const messages = useMessages(pinia)
  messages.replace(key, [said(18), said(19)], true)
  await messages.openAt(key, 11)
  expect([messages.isAway(key), seqsIn(messages.shownIn(key).messages)]).toEqual([true, [10, 11, 12]])
  expect(seqsIn(messages.inRoom(key))).toEqual([18, 19])

  hear({ kind: 'messages', key, messages: [said(20), { ...said(11), rev: 30, text: 'edited' }] })
  expect(messages.shownIn(key).messages[1]?.text).toBe('edited')
  expect(seqsIn(messages.inRoom(key))).toEqual([18, 19, 20])

  await messages.fetchNewer(key)
  await messages.fetchNewer(key)
  expect([messages.isAway(key), seqsIn(messages.inRoom(key))]).toEqual([
    false,
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
  ])
  expect(asked.map(({ where }) => where)).toEqual([{ around: 11 }, { after: 12 }, { after: 15 }])
})

test('a page that was read before a change does not bring the old version back', async () => {
  const { pinia, hear } = openWindow({
    fetchMessages: () => Promise.resolve({ ok: true, value: page(3, 4, { hasOlder: false }) }),
  })
  const messages = useMessages(pinia)
  messages.replace(key, [said(5)], true)
  hear({ kind: 'messages', key, messages: [{ ...said(4), rev: 9, text: '', deletedAt: 1 }] })
  expect(seqsIn(messages.inRoom(key))).toEqual([5])
  await messages.fetchOlder(key)
  expect(messages.inRoom(key).map(({ rev }) => rev)).toEqual([3, 9, 5])
})

test('somebody who writes is believed for six seconds, or until the message is there, whatever becomes of earlier ones', () => {
  vi.useFakeTimers()
  const { pinia, hear } = openWindow()
  const typists = useTypists(pinia)
  hear({ kind: 'typing', key, memberId: grace, typing: true })
  vi.advanceTimersByTime(5_000)
  hear({ kind: 'typing', key, memberId: grace, typing: true })
  vi.advanceTimersByTime(5_000)
  expect(typists.inRoom(key)).toEqual([grace])
  vi.advanceTimersByTime(1_000)
  expect(typists.inRoom(key)).toEqual([])

  hear({ kind: 'typing', key, memberId: grace, typing: true })
  hear({ kind: 'messages', key, messages: [said(2, { by: grace, rev: 3 })] })
  expect(typists.inRoom(key)).toEqual([grace])
  hear({ kind: 'messages', key, messages: [said(4, { by: grace })] })
  expect(typists.inRoom(key)).toEqual([])
})

test('a composer sends, answers or edits, and keeps what it was for when that is refused', async () => {
  const calls: unknown[] = []
  const { pinia } = openWindow({
    sendMessage: ({ text, replyTo }) => {
      calls.push({ text, replyTo })
      return Promise.resolve(done)
    },
    changeMessage: ({ seq, change }) => {
      calls.push({ seq, change })
      return Promise.resolve({ ok: false, error: { code: 'not_kept' } })
    },
  })
  const compositions = useCompositions(pinia)
  compositions.reply(key, 1)
  await compositions.submit(key, 'yes')
  compositions.edit(key, 1)
  await compositions.submit(key, 'better')
  expect(calls).toEqual([
    { text: 'yes', replyTo: 1 },
    { seq: 1, change: { kind: 'edit', text: 'better' } },
  ])
  expect([compositions.inRoom(key), compositions.revisedIn(key)]).toEqual([{ editing: 1 }, 'better'])
})

test('how far somebody read is told the others only while they wish so', async () => {
  const told: unknown[] = []
  const { pinia, hear } = openWindow({
    showPresence: (presence) => {
      if ('readSeq' in presence) told.push([presence.readSeq, presence.hidden])
      return Promise.resolve(done)
    },
  })
  useRooms(pinia).markRead(key, 4)
  usePrivacy(pinia).showsReads = false
  await vi.waitFor(() =>
    expect(told).toEqual([
      [4, false],
      [4, true],
    ]),
  )
  hear({ kind: 'read_by', key, memberId: grace, seq: 3 })
  expect([...useReads(pinia).inRoom(key)]).toEqual([[grace, 3]])
})

test('unread messages that mean this person are counted, those of the blocked and the deleted are not', () => {
  const { pinia, hear } = openWindow()
  const unread = useUnread(pinia)
  hear({
    kind: 'messages',
    key,
    messages: [
      said(2, { by: grace, text: 'hello @Ada' }),
      said(3, { by: grace, text: 'hello' }),
      said(4, { by: grace, text: '', deletedAt: 1 }),
    ],
  })
  expect([unread.inRoom(key), unread.mentionsIn(key)]).toEqual([2, 1])
  hear({ kind: 'blocked', server, blocked: [grace] })
  expect([unread.inRoom(key), unread.mentionsIn(key), unread.total]).toEqual([0, 0, 0])
})

test('all rooms are marked read up to their newest message', () => {
  const told: unknown[] = []
  const { pinia, hear } = openWindow({
    showPresence: (presence) => {
      if ('readSeq' in presence) told.push(presence.readSeq)
      return Promise.resolve(done)
    },
  })
  hear({ kind: 'messages', key, messages: [said(2, { by: grace }), said(3, { by: grace })] })
  useUnread(pinia).markAllRead()
  expect([told, useUnread(pinia).total]).toEqual([[3], 0])
})

test('what is unread is counted as far as it is loaded, and the count says when there is more', async () => {
  const pages = [page(40, 59), page(20, 39, { hasOlder: false })]
  const byGrace = ({ messages, ...edges }: MessagePage) => ({
    ...edges,
    messages: messages.map(({ seq }) => said(seq, { by: grace, text: seq === 25 ? 'for @Ada' : 'hello' })),
  })
  const { pinia, hear } = openWindow({
    fetchMessages: () => Promise.resolve({ ok: true, value: byGrace(pages.shift() ?? page(1, 1)) }),
  })
  const [unread, messages] = [useUnread(pinia), useMessages(pinia)]
  hear({ kind: 'messages', key, reset: { hasOlder: true }, messages: byGrace(page(60, 79)).messages })
  expect([unread.inRoom(key), unread.hasMoreIn(key), unread.mentionsIn(key)]).toEqual([20, true, 0])
  await messages.reachBack(key)
  expect([unread.inRoom(key), unread.hasMoreIn(key), unread.mentionsIn(key)]).toEqual([40, true, 0])
  await messages.reachBack(key)
  expect([unread.inRoom(key), unread.hasMoreIn(key), unread.mentionsIn(key)]).toEqual([60, false, 1])
})

test('a page nobody waits for fails in silence, and one that comes too soon is asked for again', async () => {
  vi.useFakeTimers()
  const replies = [{ code: 'offline' }, { code: 'rate_limited', retryAfterMs: 200 }] as const
  let asked = 0
  const { pinia } = openWindow({
    fetchMessages: () => {
      const error = replies[asked++]
      return Promise.resolve(error ? { ok: false, error } : { ok: true, value: page(1, 4, { hasOlder: false }) })
    },
  })
  const messages = useMessages(pinia)
  messages.replace(key, [said(5)], true)
  expect([await messages.reachBack(key), messages.shownIn(key).older]).toEqual([false, 'more'])
  const fetched = messages.fetchOlder(key)
  await vi.advanceTimersByTimeAsync(200)
  await fetched
  expect([seqsIn(messages.inRoom(key)), asked]).toEqual([[1, 2, 3, 4, 5], 3])
})

test('rooms stand in the order they were entered, then conversations of two, the latest first', () => {
  const { pinia, hear } = openWindow()
  const direct = (roomId: string, sentAt: number) => {
    const room = { ...opened.room, roomId: roomId as RoomId, kind: 'direct' as const }
    const messages = [said(1, { roomId: room.roomId, sentAt })]
    hear({ kind: 'room_opened', room: { ...opened, key: `${server}/${roomId}` as RoomKey, room, messages } })
  }
  for (const [roomId, sentAt] of [
    ['DDDDD1', 10],
    ['DDDDD2', 30],
    ['DDDDD3', 20],
  ] as const)
    direct(roomId, sentAt)
  hear({ kind: 'room_opened', room: { ...opened, key: `${server}/GGGGG2` as RoomKey } })
  const order = () => useRooms(pinia).all.map((room) => room.key.slice(-6))

  expect(order()).toEqual([key.slice(-6), 'GGGGG2', 'DDDDD2', 'DDDDD3', 'DDDDD1'])
  const news = said(2, { roomId: 'DDDDD1' as RoomId, sentAt: 40 })
  hear({ kind: 'messages', key: `${server}/DDDDD1` as RoomKey, messages: [news] })
  expect(order()).toEqual([key.slice(-6), 'GGGGG2', 'DDDDD1', 'DDDDD2', 'DDDDD3'])
})
