import type { Pinia } from 'pinia'
import type { AppState, JoinedRoom, News, PendingMessage, RoomGoneReason, RoomKey } from '#shared/bridge'
import { filesSummary } from '../conversation/message-summary'
import { attachmentsOf } from '../files/file-kind'
import { roomName } from '../room-title'
import { useBlocks } from '../stores/blocks'
import { useChanges } from '../stores/changes'
import { useCompositions } from '../stores/compositions'
import { useConnections } from '../stores/connections'
import { useDirects } from '../stores/directs'
import { useDrafts } from '../stores/drafts'
import { useHosting } from '../stores/hosting'
import { useMembers } from '../stores/members'
import { useMessages } from '../stores/messages'
import { useMishaps } from '../stores/mishaps'
import { useNotices } from '../stores/notices'
import { useOutbox } from '../stores/outbox'
import { useProfile } from '../stores/profile'
import { useQuotes } from '../stores/quotes'
import { useReads } from '../stores/reads'
import { useRecentRooms } from '../stores/recent-rooms'
import { useRooms } from '../stores/rooms'
import { useTrays } from '../stores/trays'
import { useTypists } from '../stores/typists'

const storesIn = (pinia: Pinia) => ({
  blocks: useBlocks(pinia),
  changes: useChanges(pinia),
  compositions: useCompositions(pinia),
  connections: useConnections(pinia),
  directs: useDirects(pinia),
  drafts: useDrafts(pinia),
  hosting: useHosting(pinia),
  members: useMembers(pinia),
  messages: useMessages(pinia),
  mishaps: useMishaps(pinia),
  notices: useNotices(pinia),
  outbox: useOutbox(pinia),
  profile: useProfile(pinia),
  quotes: useQuotes(pinia),
  reads: useReads(pinia),
  recent: useRecentRooms(pinia),
  rooms: useRooms(pinia),
  trays: useTrays(pinia),
  typists: useTypists(pinia),
})
type Stores = ReturnType<typeof storesIn>
type Receivers = { [Kind in News['kind']]: (news: Extract<News, { kind: Kind }>, stores: Stores) => void }

const receivers: Receivers = {
  connection: ({ connection }, { connections }) => connections.receive(connection),
  hosting: (news, { hosting }) => hosting.receive(news.hosting),
  room_opened: ({ room }, stores) => openRoom(room, stores),
  room_changed: ({ key, room }, { rooms }) => rooms.receiveRoom(key, room),
  room_gone: ({ key, reason }, stores) => closeRoom(key, reason, stores),
  messages: ({ key, messages: news, reset }, { messages, quotes, typists }) => {
    if (reset) {
      messages.replace(key, news, reset.hasOlder)
      quotes.forget(key)
    } else {
      messages.receive(key, news)
      quotes.receive(key, news)
    }
    // Somebody else's reaction to an earlier message says nothing of its author.
    for (const { author, seq, rev } of news) if (rev === seq) typists.receive(key, author.memberId, false)
  },
  pending: ({ key, pending }, { outbox }) => outbox.receive(key, pending),
  pending_changes: ({ key, pendingChanges }, { changes }) => changes.receive(key, pendingChanges),
  typing: ({ key, memberId, typing }, { typists }) => typists.receive(key, memberId, typing),
  read_by: ({ key, memberId, seq }, { reads }) => reads.receive(key, memberId, seq),
  blocked: ({ server, blocked }, { blocks }) => blocks.receive(server, blocked),
  directs_from: ({ server, from }, { directs }) => directs.receive(server, from),
  member_joined: ({ key, member }, { members, messages, notices, rooms }) => {
    const known = members.find(key, member.memberId)
    members.arrive(key, member)
    // Who is written to in a room of two is in it again, and has not come yet.
    const hasCome = member.online && !known?.online
    if (!hasCome || member.memberId === rooms.byKey.get(key)?.you.memberId) return
    const movement = known ? 'returned' : 'joined'
    notices.receive(
      key,
      { memberId: member.memberId, name: member.name, movement },
      messages.inRoom(key).at(-1)?.seq ?? 0,
    )
  },
  member_left: ({ key, memberId, reason }, { members, messages, notices, rooms }) => {
    const known = members.find(key, memberId)
    if (!known) return
    members.depart(key, memberId, reason)
    if (memberId === rooms.byKey.get(key)?.you.memberId) return
    notices.receive(key, { memberId, name: known.name, movement: reason }, messages.inRoom(key).at(-1)?.seq ?? 0)
  },
  members: ({ key, members: news }, { members }) => members.replace(key, news),
  read: ({ key, seq }, { rooms }) => rooms.receiveRead(key, seq),
  recent: (news, { recent }) => recent.receive(news.recent),
}

function openRoom(opened: JoinedRoom, stores: Stores) {
  const { rooms, messages, members, outbox, changes, compositions, reads, blocks, directs } = stores
  const { key } = opened
  messages.replace(key, opened.messages, opened.hasOlder)
  members.replace(key, opened.members)
  outbox.receive(key, opened.pending)
  changes.receive(key, opened.pendingChanges)
  reads.replace(key, opened.reads)
  blocks.receive(opened.server, opened.blocked)
  directs.receive(opened.server, opened.directsFrom)
  rooms.open(opened)
  compositions.resume(key)
}

/** What was written, or the names of the files that were to go without words. */
const unsentWords = ({ text, files = [] }: PendingMessage): string => text || filesSummary(attachmentsOf(files))

function closeRoom(key: RoomKey, reason: RoomGoneReason, stores: Stores) {
  const { rooms, messages, members, notices, outbox, drafts, changes, compositions, quotes, reads, typists, trays } =
    stores
  const known = rooms.byKey.get(key)
  const said = () => messages.inRoom(key)
  const name = known ? roomName(known.room, known.you.memberId, members.inRoom(key), said) : ''
  const written = [...outbox.inRoom(key).map(unsentWords), drafts.inRoom(key)]
  rooms.vanish(key, { name, reason, unsent: written.filter((text) => text.trim() !== '') })
  for (const store of [messages, members, notices, outbox, changes, compositions, quotes, reads, typists, trays])
    store.forget(key)
}

/** Hands each piece of news to the stores it concerns, in the order it happened. */
export function createNewsReceiver(pinia: Pinia): (news: readonly News[]) => void {
  const stores = storesIn(pinia)
  return (news) => {
    for (const one of news) {
      const receive = receivers[one.kind] as (news: News, stores: Stores) => void
      receive(one, stores)
    }
  }
}

/** Fills every store with what a newly opened window is told. */
export function receiveState(pinia: Pinia, state: AppState) {
  const stores = storesIn(pinia)
  stores.profile.receive(state)
  stores.hosting.receive(state.hosting)
  stores.recent.receive(state.recent)
  stores.mishaps.receive(state.mishaps ?? [])
  for (const connection of state.connections) stores.connections.receive(connection)
  for (const room of state.rooms) openRoom(room, stores)
}
