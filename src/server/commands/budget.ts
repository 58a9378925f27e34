import { Refusal } from '#shared/protocol/errors'
import type { TokenBuckets } from '../budgets/token-bucket'

/** Takes one from a budget, or refuses with the time until there is one. */
export function spend(budget: TokenBuckets, key: string) {
  const retryAfterMs = budget.take(key)
  if (retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs })
}
