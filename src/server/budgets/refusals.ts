import type { Rate } from './token-bucket'
import { createTokenBuckets, type Clock } from './token-bucket'

/** What to do about a refusal: even those cost, so only some over the rate are answered, and none of them for ever. */
export type RefusalFate = 'answer' | 'ignore' | 'close'

export interface RefusalCount {
  /** Something was over the rate. */
  refused: () => RefusalFate
  /** Something was wrong in itself: that is always told, for a rate is kept by then. */
  wrong: () => RefusalFate
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
    wrong: () => (++inARow >= limits.inARow ? 'close' : 'answer'),
    accepted: () => void (inARow = 0),
  }
}
