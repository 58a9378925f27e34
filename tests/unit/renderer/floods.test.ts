// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { News } from '#shared/bridge'
import { condenseNews } from '#shared/condense-news'
import type { MemberId } from '#shared/protocol/ids'
import { paceNews } from '../../../src/renderer/platform/pace-news'
import { useMembers } from '../../../src/renderer/stores/members'
import { useMessages } from '../../../src/renderer/stores/messages'
import { useNotices } from '../../../src/renderer/stores/notices'
import { useReads } from '../../../src/renderer/stores/reads'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { useTypists } from '../../../src/renderer/stores/typists'
import { grace, said } from './support/conversation'
import { key, opened, openWindow, other } from './support/window'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const crowd = 20_000
// No bound on time: on a busy machine so much takes its while.
vi.setConfig({ testTimeout: 60_000 })
const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` as MemberId
const times = (make: (at: number) => News) => Array.from({ length: crowd }, (_, at) => make(at))

test('no list of the window grows without bound, whatever is announced', () => {
  const { pinia, hear } = openWindow()

  hear(...times((at) => ({ kind: 'member_joined', key, member: { ...other, memberId: idOf(at), name: `Sock ${at}` } })))
  hear(...times((at) => ({ kind: 'typing', key, memberId: idOf(at), typing: true })))
  hear(...times((at) => ({ kind: 'read_by', key, memberId: idOf(at), seq: at + 1 })))
  for (let at = 0; at < crowd; at += 100)
    hear({
      kind: 'messages',
      key,
      messages: Array.from({ length: 100 }, (_, more) => said(at + more + 2, { by: grace })),
    })

  expect(useMembers(pinia).inRoom(key).length).toBeLessThanOrEqual(5_000)
  expect(
    useNotices(pinia)
      .inRoom(key)
      .flatMap(({ moved }) => moved).length,
  ).toBeLessThanOrEqual(200)
  expect(useTypists(pinia).inRoom(key)).toHaveLength(20)
  expect(useReads(pinia).inRoom(key).size).toBe(200)
  const { messages, older } = useMessages(pinia).liveIn(key)
  expect(messages.length).toBeLessThanOrEqual(5_000)
  expect([messages.at(-1)?.seq, older]).toEqual([crowd + 1, 'more'])
})

test('rooms that close one after the other are remembered for a while only', () => {
  const { pinia, hear } = openWindow()
  for (let at = 0; at < 1_000; at++) {
    const other = `http://lan.test:4545/${at}` as typeof key
    hear({ kind: 'room_opened', room: { ...opened, key: other } }, { kind: 'room_gone', key: other, reason: 'expired' })
  }
  expect(useRooms(pinia).gone.size).toBe(50)
})

test('news that are outdated within a moment are left out, and what was said comes as one', () => {
  const typing = (is: boolean): News => ({ kind: 'typing', key, memberId: grace, typing: is })
  const messages = (...seqs: number[]): News => ({ kind: 'messages', key, messages: seqs.map((seq) => said(seq)) })
  const gone: News = { kind: 'room_gone', key, reason: 'expired' }

  expect(condenseNews([typing(true), messages(1), typing(false), messages(2), messages(3)])).toEqual([
    messages(1, 2, 3),
    typing(false),
  ])
  expect(condenseNews([typing(true), messages(1), gone, typing(true), messages(1)])).toEqual([
    typing(true),
    messages(1),
    gone,
    typing(true),
    messages(1),
  ])
  const [latest] = condenseNews([
    messages(1),
    { kind: 'messages', key, messages: [{ ...said(1), rev: 9, text: 'new' }] },
  ])
  expect(latest).toMatchObject({ messages: [{ seq: 1, rev: 9, text: 'new' }] })
})

test('what is condensed ends as what was heard one by one', () => {
  const news = times((at): News => {
    const member = { ...other, memberId: idOf(at % 50), name: `Sock ${at % 50}` }
    if (at % 3 === 0) return { kind: 'member_joined', key, member }
    if (at % 3 === 1) return { kind: 'member_left', key, memberId: idOf((at * 7) % 50), reason: 'left' }
    return { kind: 'messages', key, messages: [said(2 + (at % 90), { by: grace })] }
  })
  const [plain, condensed] = [openWindow(), openWindow()]
  plain.hear(...news)
  condensed.hear(...condenseNews(news))

  const ids = ({ pinia }: typeof plain) =>
    useMembers(pinia)
      .inRoom(key)
      .map(({ memberId }) => memberId)
      .toSorted()
  expect(ids(condensed)).toEqual(ids(plain))
  expect(useMessages(condensed.pinia).inRoom(key)).toEqual(useMessages(plain.pinia).inRoom(key))
})

test('a page that cannot keep up is given pauses, and then the latest of all that happened', async () => {
  vi.useRealTimers()
  const heard: (readonly News[])[] = []
  const hear = paceNews((news) => {
    heard.push(news)
    const until = performance.now() + 60
    while (performance.now() < until) continue
  })
  const read = (seq: number): News => ({ kind: 'read', key, seq })
  const burst = (from: number) => Array.from({ length: 200 }, (_, at) => read(from + at))

  hear(burst(0))
  // What has been drawn is known after a turn.
  await vi.waitFor(() => {
    hear([read(1_000 + heard.length)])
    expect(heard.at(-1)).not.toEqual([read(1_000 + heard.length)])
    hear(burst(2_000))
    hear([read(9_999)])
  })

  await vi.waitFor(() => expect(heard.at(-1)).toEqual([read(9_999)]))
})
