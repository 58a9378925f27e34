/** Monotonic milliseconds: a wall clock jumps, and a jump must neither free nor starve anybody. */
export type Clock = () => number
export const monotonic: Clock = () => performance.now()

export interface Rate {
  burst: number
  /** `Infinity` is no limit. */
  perSecond: number
}

/** One token bucket per key. */
export interface TokenBuckets {
  /**
   * Takes a token and answers 0, or answers the milliseconds until there is one. `count` takes that many, even where
   * there is but one: the key then waits the longer.
   */
  take: (key: string, count?: number) => number
  /** As `take`, taking nothing. */
  waitMs: (key: string) => number
  /** Tokens there now; below 1 nothing can be taken. */
  left: (key: string) => number
  /** Takes a token even where there is none: the key then waits the longer. */
  owe: (key: string) => void
  giveBack: (key: string) => void
}

interface Bucket {
  tokens: number
  at: number
}

const unlimited: TokenBuckets = {
  take: () => 0,
  waitMs: () => 0,
  left: () => Infinity,
  owe: () => undefined,
  giveBack: () => undefined,
}

// What refilling by fractions may lack of a whole token.
const almost = 1e-9

const fewestToPrune = 1_000

export function createTokenBuckets({ burst, perSecond }: Rate, clock: Clock = monotonic): TokenBuckets {
  const buckets = new Map<string, Bucket>()
  let pruneAt = fewestToPrune

  const refill = (bucket: Bucket) => {
    const at = clock()
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1_000) * perSecond)
    bucket.at = at
    return bucket
  }

  // A full bucket says nothing that a missing one does not.
  function prune() {
    for (const [key, bucket] of buckets) if (refill(bucket).tokens >= burst) buckets.delete(key)
    pruneAt = Math.max(fewestToPrune, buckets.size * 2)
  }

  function bucketOf(key: string): Bucket {
    const known = buckets.get(key)
    if (known) return refill(known)
    if (buckets.size >= pruneAt) prune()
    const bucket = { tokens: burst, at: clock() }
    buckets.set(key, bucket)
    return bucket
  }

  const waitFor = ({ tokens }: Bucket) =>
    tokens >= 1 - almost ? 0 : Math.ceil(((1 - almost - tokens) / perSecond) * 1_000)

  if (perSecond === Infinity) return unlimited
  return {
    take(key, count = 1) {
      const bucket = bucketOf(key)
      const wait = waitFor(bucket)
      if (wait === 0) bucket.tokens -= count
      return wait
    },
    waitMs: (key) => waitFor(bucketOf(key)),
    left: (key) => bucketOf(key).tokens + almost,
    owe: (key) => void (bucketOf(key).tokens -= 1),
    giveBack(key) {
      const bucket = bucketOf(key)
      bucket.tokens = Math.min(burst, bucket.tokens + 1)
    },
  }
}
