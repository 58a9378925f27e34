import type { Message } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import type { Store } from '../store/store'

/** Messages in a page nobody gave a size. */
export const newestPage = 50
// Further behind than this, starting over is quicker than catching up.
const widestGap = 5_000

export interface Catchup {
  reset: boolean
  messages: Message[]
  hasMore: boolean
}

/** `reachesNow`: nothing newer was there when it was read. `order`: what the messages stand in the order of. */
type Read = Catchup & { reachesNow: boolean; order: 'seq' | 'rev' }

/** What somebody coming in has to read: the newest page, or what changed after the rev they know. */
export async function readOnEntry(
  store: Store,
  { roomId, memberId, since }: { roomId: RoomId; memberId: MemberId; since: number | undefined },
): Promise<Read> {
  if (since !== undefined) {
    const gap = await store.changes({ roomId, memberId, since, limit: limits.changesPage, most: widestGap })
    if (!gap.reset) return { ...gap, reachesNow: !gap.hasMore, order: 'rev' }
  }
  const page = await store.history({ roomId, memberId, limit: newestPage })
  return { reset: since !== undefined, ...page, reachesNow: true, order: 'seq' }
}

/** Adds what was posted or changed between the reading and the entering. */
export function withLate({ reachesNow, order, ...page }: Read, late: readonly Message[]): Catchup {
  if (!reachesNow || late.length === 0) return page
  const newest = page.messages.reduce((most, { rev }) => Math.max(most, rev), 0)
  const oldest = order === 'seq' && page.hasMore ? (page.messages[0]?.seq ?? 0) : 0
  const bySeq = new Map(page.messages.map((message) => [message.seq, message]))
  for (const message of late) if (message.rev > newest && message.seq >= oldest) bySeq.set(message.seq, message)
  return { ...page, messages: [...bySeq.values()].sort((one, other) => one[order] - other[order]) }
}
