import { Refusal } from '#shared/protocol/errors'
import { monotonic, type Clock } from './token-bucket'

/** One search at a time: among those who wait it is the turn of whoever took the least time lately. */
export interface SearchTurns {
  /** Refuses `rate_limited` when too many wait, of this member or in all. */
  take: <Value>(memberId: string, search: () => Promise<Value>) => Promise<Value>
}

export interface SearchTurnsLimits {
  searchesWaiting: number
  searchesWaitingInAll: number
}

interface Waiting {
  memberId: string
  begin: () => Promise<void>
}

const retryAfterMs = 1_000
/** Milliseconds of searching that are forgotten in every second. */
const forgottenPerSecond = 50
const fewestToPrune = 1_000

export function createSearchTurns(limits: SearchTurnsLimits, clock: Clock = monotonic): SearchTurns {
  const waiting = new Set<Waiting>()
  const taken = new Map<string, { ms: number; at: number }>()
  let isBusy = false

  function takenBy(memberId: string): number {
    const { ms, at } = taken.get(memberId) ?? { ms: 0, at: 0 }
    return Math.max(0, ms - ((clock() - at) / 1_000) * forgottenPerSecond)
  }

  function count(memberId: string, ms: number) {
    if (taken.size >= fewestToPrune) for (const known of taken.keys()) if (takenBy(known) === 0) taken.delete(known)
    taken.set(memberId, { ms: takenBy(memberId) + ms, at: clock() })
  }

  function first(): Waiting | undefined {
    let least: Waiting | undefined
    for (const one of waiting) if (!least || takenBy(one.memberId) < takenBy(least.memberId)) least = one
    return least
  }

  function next() {
    const one = isBusy ? undefined : first()
    if (!one) return
    waiting.delete(one)
    isBusy = true
    const startedAt = clock()
    void one.begin().finally(() => {
      isBusy = false
      count(one.memberId, clock() - startedAt)
      next()
    })
  }

  return {
    async take(memberId, search) {
      const own = [...waiting].filter((one) => one.memberId === memberId).length
      if (own >= limits.searchesWaiting || waiting.size >= limits.searchesWaitingInAll)
        throw new Refusal('rate_limited', { retryAfterMs })
      return new Promise((resolve, reject) => {
        waiting.add({ memberId, begin: () => search().then(resolve, reject) })
        next()
      })
    },
  }
}
