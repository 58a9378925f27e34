import { computed, type Ref } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { MemberId } from '#shared/protocol/ids'
import { findByName } from '../conversation/find-rooms'
import { serverName } from '../server-name'
import { useMembers } from '../stores/members'
import { useRooms } from '../stores/rooms'
import { useToasts } from '../stores/toasts'
import { useUnread } from '../stores/unread'
import { directErrorWords } from '../text/errors'
import { roomWords } from '../text/rooms'
import { placeWords } from '../text/places'
import { useCurrentRoom } from './use-current-room'
import { useEnterRoom } from './use-enter-room'
import { useRoomName } from './use-room-name'

export interface Destination {
  readonly name: string
  readonly where: string
  readonly waiting?: string
  readonly open: () => Promise<unknown>
}

/** Where one can go from here: the rooms one is in, those with something new first, and the people of this room. */
export function useDestinations(typed: Readonly<Ref<string>>) {
  const [rooms, unread, members, toasts] = [useRooms(), useUnread(), useMembers(), useToasts()]
  const [current, nameOf, enterRoom] = [useCurrentRoom(), useRoomName(), useEnterRoom()]

  async function write(key: RoomKey, memberId: MemberId) {
    const reply = await rooms.openDirect(key, memberId)
    if (reply.ok) await enterRoom(reply.value.key)
    else toasts.show(directErrorWords[reply.error.code])
  }
  const open = computed<readonly Destination[]>(() =>
    [...rooms.all]
      .sort((a, b) => Number(unread.inRoom(b.key) > 0) - Number(unread.inRoom(a.key) > 0))
      .map((room) => {
        const waiting = unread.inRoom(room.key)
        const words = waiting > 0 ? { waiting: roomWords.unread(waiting) } : {}
        return { name: nameOf(room), where: serverName(room.server), ...words, open: () => enterRoom(room.key) }
      }),
  )
  /** Those one has no conversation with yet. */
  const people = computed<readonly Destination[]>(() => {
    const { key, server, you, room } = current.value
    const known = rooms.all.filter((one) => one.server === server && one.room.kind === 'direct').map(nameOf)
    return members
      .sorted(key, you.memberId)
      .filter(({ memberId, name }) => room.kind !== 'direct' && memberId !== you.memberId && !known.includes(name))
      .map(({ memberId, name }) => ({ name, where: placeWords.person, open: () => write(key, memberId) }))
  })
  return computed(() => findByName([...open.value, ...people.value], typed.value))
}
