import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { LeaveReason } from '#shared/protocol/contract'
import { sortMembers } from '../conversation/sort-members'

/** As many as the client knows of one room. */
const mostMembers = 5_000

/** Who belongs to each room. */
export const useMembers = defineStore('members', () => {
  const byRoom = shallowReactive(new Map<RoomKey, readonly Member[]>())

  const inRoom = (key: RoomKey): readonly Member[] => byRoom.get(key) ?? []
  const sorted = (key: RoomKey, you: MemberId): readonly Member[] => sortMembers(inRoom(key), you)
  const find = (key: RoomKey, memberId: MemberId) => inRoom(key).find((member) => member.memberId === memberId)
  const replace = (key: RoomKey, members: readonly Member[]) => void byRoom.set(key, members)
  const forget = (key: RoomKey) => void byRoom.delete(key)

  function arrive(key: RoomKey, member: Member) {
    const others = inRoom(key).filter(({ memberId }) => memberId !== member.memberId)
    if (others.length < mostMembers) byRoom.set(key, [...others, member])
  }

  function depart(key: RoomKey, memberId: MemberId, reason: LeaveReason) {
    const stays = reason === 'disconnected'
    const members = inRoom(key)
    byRoom.set(
      key,
      stays
        ? members.map((member) => (member.memberId === memberId ? { ...member, online: false } : member))
        : members.filter((member) => member.memberId !== memberId),
    )
  }

  return { inRoom, sorted, find, replace, forget, arrive, depart }
})
