import type { RoomKey } from '#shared/bridge'
import type { Announcement } from '#shared/protocol/contract'
import type { Member, ReadMark } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { withMember, withMembers, withoutMember } from './members'
import { mostEntries } from './bounds'
import type { Tell } from './news'
import { markOf, withMark } from './reads'

/** The people in one room: who they are, how far they have read, and who is writing. */
export interface People {
  members: () => readonly Member[]
  /** How far the others have read. */
  reads: () => readonly ReadMark[]
  /** Starts from what an entry says. Tells nothing. */
  open: (entered: Entered) => void
  /** As `open`, and tells what has changed. */
  replace: (entered: Entered) => void
  /** What names the search for the members that the last entry left out; undefined when all are known. */
  missing: () => object | undefined
  /** A page of them. After the last one, whoever was in none of them is here no more. */
  take: (page: readonly Member[], isLast: boolean) => void
  joined: (member: Member) => void
  left: (departure: Announcement<'member_left'>) => void
  read: (mark: ReadMark) => void
  typing: (change: Announcement<'typing_changed'>) => void
}

export interface Entered {
  members: readonly Member[]
  hasMore: boolean
  reads: readonly ReadMark[]
}

export interface PeopleOptions {
  key: RoomKey
  me: () => MemberId
  isBlocked: (memberId: MemberId) => boolean
  tell: Tell
}

export function createPeople(first: Member, { key, me, isBlocked, tell }: PeopleOptions): People {
  let members: readonly Member[] = [first]
  let reads: readonly ReadMark[] = []
  /** Who was heard of since the last entry, until all were. */
  let heardOf: Set<MemberId> | undefined

  function open({ members: present, hasMore, reads: marks }: Entered) {
    members = hasMore ? withMembers(present, members.filter(isNotIn(present))) : present
    heardOf = hasMore ? new Set(present.map(({ memberId }) => memberId)) : undefined
    reads = marks.filter(({ memberId }) => memberId !== me())
  }

  const isHere = (memberId: MemberId) => members.some((member) => member.memberId === memberId)
  const tellRead = ({ memberId, seq }: ReadMark) => tell({ kind: 'read_by', key, memberId, seq })

  return {
    members: () => members,
    reads: () => reads,
    open,
    missing: () => heardOf,
    take(page, isLast) {
      if (!heardOf) return
      for (const { memberId } of page) heardOf.add(memberId)
      members = withMembers(members, page)
      if (!isLast && members.length < mostEntries) return
      const whole = heardOf
      heardOf = undefined
      members = members.filter(({ memberId }) => whole.has(memberId) || memberId === me())
      tell({ kind: 'members', key, members })
    },
    replace(entered) {
      const before = reads
      open(entered)
      tell({ kind: 'members', key, members })
      // Whoever keeps it to themselves from now on has read nothing that we know of.
      for (const { memberId, seq } of before) {
        const now = markOf(reads, memberId)
        if (now !== seq) tellRead({ memberId, seq: now })
      }
      reads.filter(({ memberId }) => markOf(before, memberId) === 0).forEach(tellRead)
    },
    joined(member) {
      heardOf?.add(member.memberId)
      const known = members
      members = withMember(known, member)
      // There are more than any list holds.
      if (members === known) return
      tell({ kind: 'member_joined', key, member })
    },
    left({ memberId, reason }) {
      if (!isHere(memberId)) return
      members = withoutMember(members, memberId, reason)
      if (reason === 'left') reads = withMark(reads, { memberId, seq: 0 })
      tell({ kind: 'member_left', key, memberId, reason })
    },
    read({ memberId, seq }) {
      if (!isHere(memberId) || markOf(reads, memberId) === seq) return
      reads = withMark(reads, { memberId, seq })
      // There are more than any list holds.
      if (markOf(reads, memberId) !== seq) return
      tellRead({ memberId, seq })
    },
    typing({ memberId, typing }) {
      if (memberId !== me() && isHere(memberId) && !isBlocked(memberId)) tell({ kind: 'typing', key, memberId, typing })
    },
  }
}

function isNotIn(present: readonly Member[]): (member: Member) => boolean {
  const ids = new Set(present.map(({ memberId }) => memberId))
  return ({ memberId }) => !ids.has(memberId)
}
