import type { LeaveReason } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { StoredMember } from '../store/store'
import type { Connection } from './connection'

/** One room somebody is in: all its members, and who of them is here. */
export interface Room {
  connections: () => readonly Connection[]
  connectionsOf: (memberId: MemberId) => readonly Connection[]
  members: () => Member[]
  /** One page, in order of their ids. */
  membersAfter: (after: MemberId | undefined, limit: number) => { members: Member[]; hasMore: boolean }
  onlineIds: () => readonly MemberId[]
  has: (memberId: MemberId) => boolean
  /** Makes a member known, offline until they enter. */
  admit: (member: StoredMember) => void
  enter: (memberId: MemberId, connection: Connection) => Member
  /** Removes a member and answers with the connections they had here. */
  remove: (memberId: MemberId) => readonly Connection[]
  /** A connection ended: its member stays online for the grace period. */
  lose: (memberId: MemberId, connection: Connection) => void
  isOccupied: () => boolean
  /** Forgets timers and people. */
  stop: () => void
}

interface Presence {
  member: StoredMember
  connections: Set<Connection>
  grace: NodeJS.Timeout | undefined
  shown: Member | undefined
}

export function createRoom(options: {
  members: readonly StoredMember[]
  graceMs: number
  onBack: (member: Member) => void
  onGone: (memberId: MemberId, reason: LeaveReason) => void
  /** The last connection of a member ended or was taken away: they may be back in a moment. */
  onSilent: (memberId: MemberId) => void
}): Room {
  const people = new Map<MemberId, Presence>()
  let here: readonly Connection[] | undefined
  let inOrder: readonly Presence[] | undefined

  const isOnline = ({ connections, grace }: Presence) => connections.size > 0 || grace !== undefined

  // The same object until it changes: a long list is told to everybody who comes in, and encoded once a member.
  function shown(presence: Presence): Member {
    const online = isOnline(presence)
    if (presence.shown?.online !== online) presence.shown = { ...presence.member, online }
    return presence.shown
  }

  function admit(member: StoredMember) {
    const known = people.get(member.memberId)
    if (!known) {
      people.set(member.memberId, { member, connections: new Set(), grace: undefined, shown: undefined })
      inOrder = undefined
    } else {
      known.member = member
      known.shown = undefined
    }
  }

  function endGrace(presence: Presence) {
    clearTimeout(presence.grace)
    presence.grace = undefined
  }

  for (const member of options.members) admit(member)

  return {
    connections: () => (here ??= [...people.values()].flatMap(({ connections }) => [...connections])),
    connectionsOf: (memberId) => [...(people.get(memberId)?.connections ?? [])],
    members: () => [...people.values()].map(shown),
    membersAfter(after, limit) {
      inOrder ??= [...people.values()].sort(byId)
      const from = after === undefined ? 0 : inOrder.findIndex(({ member }) => member.memberId > after)
      if (from < 0) return { members: [], hasMore: false }
      return {
        members: inOrder.slice(from, from + limit).map(shown),
        hasMore: inOrder.length > from + limit,
      }
    },
    onlineIds: () => [...people.values()].filter(isOnline).map(({ member }) => member.memberId),
    has: (memberId) => people.has(memberId),
    admit,

    enter(memberId, connection) {
      const presence = people.get(memberId)
      if (!presence) throw new Error('entered before admitted')
      const wasOnline = isOnline(presence)
      endGrace(presence)
      presence.connections.add(connection)
      here = undefined
      if (!wasOnline) options.onBack(shown(presence))
      return shown(presence)
    },

    remove(memberId) {
      const presence = people.get(memberId)
      if (!presence) return []
      endGrace(presence)
      people.delete(memberId)
      here = undefined
      inOrder = undefined
      options.onSilent(memberId)
      options.onGone(memberId, 'left')
      return [...presence.connections]
    },

    lose(memberId, connection) {
      const presence = people.get(memberId)
      if (!presence?.connections.delete(connection)) return
      here = undefined
      if (presence.connections.size > 0) return
      options.onSilent(memberId)
      presence.grace = setTimeout(() => {
        presence.grace = undefined
        options.onGone(memberId, 'disconnected')
      }, options.graceMs)
    },

    isOccupied() {
      for (const presence of people.values()) if (isOnline(presence)) return true
      return false
    },

    stop() {
      for (const presence of people.values()) endGrace(presence)
      people.clear()
      here = []
    },
  }
}

const byId = (one: Presence, other: Presence) => (one.member.memberId < other.member.memberId ? -1 : 1)
