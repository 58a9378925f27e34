import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** You first, then the host, then who is here, then who is not; by name within each. */
export function sortMembers(members: readonly Member[], you: MemberId): readonly Member[] {
  const rank = ({ memberId, role, online }: Member) =>
    memberId === you ? 0 : online ? (role === 'host' ? 1 : 2) : role === 'host' ? 3 : 4
  return [...members].sort((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name))
}
