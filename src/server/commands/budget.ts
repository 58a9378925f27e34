import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Budgets } from '../budgets/budgets'
import type { TokenBuckets } from '../budgets/token-bucket'

/** Takes one from a budget, or refuses with the time until there is one. */
export function spend(budget: TokenBuckets, key: string) {
  const retryAfterMs = budget.take(key)
  if (retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs })
}

/** For what the whole room is told: takes one of the member's own and one of the room's, or neither. */
export function spendInRoom(
  own: 'messages' | 'reactions',
  { memberId, roomId }: { memberId: MemberId; roomId: RoomId },
  budgets: Budgets,
) {
  spend(budgets[own], memberId)
  const retryAfterMs = budgets.roomMessages.take(roomId)
  if (retryAfterMs === 0) return
  budgets[own].giveBack(memberId)
  throw new Refusal('rate_limited', { retryAfterMs })
}
