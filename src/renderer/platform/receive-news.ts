import type { Pinia } from 'pinia'
import type { AppState, JoinedRoom, News } from '#shared/bridge'
import { useConnections } from '../stores/connections'
import { useDrafts } from '../stores/drafts'
import { useHosting } from '../stores/hosting'
import { useMembers } from '../stores/members'
import { useMessages } from '../stores/messages'
import { useNotices } from '../stores/notices'
import { useOutbox } from '../stores/outbox'
import { useProfile } from '../stores/profile'
import { useRecentRooms } from '../stores/recent-rooms'
import { useRooms } from '../stores/rooms'

const storesIn = (pinia: Pinia) => ({
  connections: useConnections(pinia),
  drafts: useDrafts(pinia),
  hosting: useHosting(pinia),
  members: useMembers(pinia),
  messages: useMessages(pinia),
  notices: useNotices(pinia),
  outbox: useOutbox(pinia),
  profile: useProfile(pinia),
  recent: useRecentRooms(pinia),
  rooms: useRooms(pinia),
})
type Stores = ReturnType<typeof storesIn>
type Receivers = { [Kind in News['kind']]: (news: Extract<News, { kind: Kind }>, stores: Stores) => void }

const receivers: Receivers = {
  connection: ({ connection }, { connections }) => connections.receive(connection),
  hosting: (news, { hosting }) => hosting.receive(news.hosting),
  room_opened: ({ room }, stores) => openRoom(room, stores),
  room_changed: ({ key, room }, { rooms }) => rooms.receiveRoom(key, room),
  room_gone: ({ key, reason }, { rooms, messages, members, notices, outbox, drafts }) => {
    const written = [...outbox.inRoom(key).map(({ text }) => text), drafts.inRoom(key)]
    rooms.vanish(
      key,
      reason,
      written.filter((text) => text.trim() !== ''),
    )
    for (const store of [messages, members, notices, outbox]) store.forget(key)
  },
  messages: ({ key, messages: news, reset }, { messages }) =>
    reset ? messages.replace(key, news, reset.hasOlder) : messages.receive(key, news),
  pending: ({ key, pending }, { outbox }) => outbox.receive(key, pending),
  member_joined: ({ key, member }, { members, messages, notices, rooms }) => {
    const known = members.find(key, member.memberId)
    members.arrive(key, member)
    if (known?.online || member.memberId === rooms.byKey.get(key)?.you.memberId) return
    const movement = known ? 'returned' : 'joined'
    notices.receive(
      key,
      { memberId: member.memberId, name: member.name, movement },
      messages.inRoom(key).at(-1)?.seq ?? 0,
    )
  },
  member_left: ({ key, memberId, reason }, { members, messages, notices, rooms }) => {
    const known = members.find(key, memberId)
    members.depart(key, memberId, reason)
    if (!known || memberId === rooms.byKey.get(key)?.you.memberId) return
    notices.receive(key, { memberId, name: known.name, movement: reason }, messages.inRoom(key).at(-1)?.seq ?? 0)
  },
  members: ({ key, members: news }, { members }) => members.replace(key, news),
  read: ({ key, seq }, { rooms }) => rooms.receiveRead(key, seq),
  recent: (news, { recent }) => recent.receive(news.recent),
}

function openRoom(opened: JoinedRoom, { rooms, messages, members, outbox }: Stores) {
  messages.replace(opened.key, opened.messages, opened.hasOlder)
  members.replace(opened.key, opened.members)
  outbox.receive(opened.key, opened.pending)
  rooms.open(opened)
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
  for (const connection of state.connections) stores.connections.receive(connection)
  for (const room of state.rooms) openRoom(room, stores)
}
