import type { LeaveReason } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { mostEntries } from './bounds'

/** The list with `member` in it, in its old place if it had one. */
export function withMember(members: readonly Member[], member: Member): readonly Member[] {
  const isThem = ({ memberId }: Member) => memberId === member.memberId
  if (members.some(isThem)) return members.map((known) => (isThem(known) ? member : known))
  return members.length < mostEntries ? [...members, member] : members
}

/** The list with a page of members in it: those known already keep their places. */
export function withMembers(members: readonly Member[], page: readonly Member[]): readonly Member[] {
  const byId = new Map([...members, ...page].map((member) => [member.memberId, member]))
  return [...byId.values()].slice(0, mostEntries)
}

/** Gone when they left; only offline when their connection was lost. */
export function withoutMember(members: readonly Member[], memberId: MemberId, reason: LeaveReason): readonly Member[] {
  if (reason === 'left') return members.filter((member) => member.memberId !== memberId)
  return members.map((member) => (member.memberId === memberId ? { ...member, online: false } : member))
}
