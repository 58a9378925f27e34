import type { Member } from '#shared/protocol/entities'
import { limits } from '#shared/protocol/limits'

/** Whom somebody coming in is told of at once: themselves, hosts and who is online first. The others come in pages. */
export function firstMembers(you: Member, members: readonly Member[]): { members: Member[]; hasMoreMembers: boolean } {
  if (members.length <= limits.membersPage) return { members: [...members], hasMoreMembers: false }
  const rank = (member: Member) => {
    if (member.memberId === you.memberId) return 0
    if (member.role === 'host') return 1
    return member.online ? 2 : 3
  }
  const ranked: Member[][] = [[], [], [], []]
  for (const member of members) ranked[rank(member)]?.push(member)
  return { members: ranked.flat().slice(0, limits.membersPage), hasMoreMembers: true }
}
