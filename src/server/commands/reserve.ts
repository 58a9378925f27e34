import type { TokenBuckets } from '../budgets/token-bucket'

/** One taken from each of several budgets, or from none: then `retryAfterMs` is above 0. */
export interface Reserved {
  retryAfterMs: number
  /** What it was taken for did not happen. */
  giveBack: () => void
}

export function reserve(wanted: readonly (readonly [TokenBuckets, string])[]): Reserved {
  const taken: (readonly [TokenBuckets, string])[] = []
  const giveBack = () => {
    for (const [budget, key] of taken.splice(0)) budget.giveBack(key)
  }
  for (const [budget, key] of wanted) {
    const retryAfterMs = budget.take(key)
    if (retryAfterMs > 0) {
      giveBack()
      return { retryAfterMs, giveBack }
    }
    taken.push([budget, key])
  }
  return { retryAfterMs: 0, giveBack }
}
