import type { Rate } from './token-bucket'
import { createTokenBuckets, type Clock } from './token-bucket'

/** What to do about a request over the limit: even refusals cost, so only some are answered, and not for ever. */
export type RefusalFate = 'answer' | 'ignore' | 'close'

export interface RefusalCount {
  refused: () => RefusalFate
  /** Something was within the limits. */
  accepted: () => void
}

export function createRefusalCount(limits: { rate: Rate; inARow: number }, clock?: Clock): RefusalCount {
  const answers = createTokenBuckets(limits.rate, clock)
  let inARow = 0
  return {
    refused() {
      inARow += 1
      if (inARow >= limits.inARow) return 'close'
      return answers.take('') === 0 ? 'answer' : 'ignore'
    },
    accepted: () => void (inARow = 0),
  }
}
