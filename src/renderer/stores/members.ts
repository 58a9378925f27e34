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
  const byRoom = new Map<RoomKey, Map<MemberId, Member>>()
  /** Moves with every change: thousands may come in a moment, and a list is made when somebody looks at it. */
  const versions = shallowReactive(new Map<RoomKey, number>())
  const lists = new Map<RoomKey, { version: number; members: readonly Member[] }>()

  const touch = (key: RoomKey) => void versions.set(key, (versions.get(key) ?? 0) + 1)

  function inRoom(key: RoomKey): readonly Member[] {
    const version = versions.get(key)
    if (version === undefined) return none
    const known = lists.get(key)
    if (known?.version === version) return known.members
    const members = [...(byRoom.get(key)?.values() ?? [])]
    lists.set(key, { version, members })
    return members
  }
  const sorted = (key: RoomKey, you: MemberId): readonly Member[] => sortMembers(inRoom(key), you)
  const find = (key: RoomKey, memberId: MemberId) =>
    versions.get(key) === undefined ? undefined : byRoom.get(key)?.get(memberId)

  function replace(key: RoomKey, members: readonly Member[]) {
    byRoom.set(key, new Map(members.slice(0, mostMembers).map((member) => [member.memberId, member])))
    touch(key)
  }

  function forget(key: RoomKey) {
    for (const known of [byRoom, versions, lists]) known.delete(key)
  }

  function arrive(key: RoomKey, member: Member) {
    const members = byRoom.get(key) ?? new Map<MemberId, Member>()
    byRoom.set(key, members)
    const isKnown = members.delete(member.memberId)
    if (!isKnown && members.size >= mostMembers) return
    members.set(member.memberId, member)
    touch(key)
  }

  function depart(key: RoomKey, memberId: MemberId, reason: LeaveReason) {
    const members = byRoom.get(key)
    const known = members?.get(memberId)
    if (!members || !known) return
    if (reason === 'disconnected') members.set(memberId, { ...known, online: false })
    else members.delete(memberId)
    touch(key)
  }

  return { inRoom, sorted, find, replace, forget, arrive, depart }
})

const none: readonly Member[] = []
