/** How much one search may look at. */
export interface SearchBounds {
  clock: () => number
  /** Milliseconds after which no further step is taken. */
  mostMs: number
  /** Beginnings that took too long to look up, which are looked for message by message from then on. */
  costly: Set<string>
}

export const searchBounds = (mostMs: number): SearchBounds => ({
  clock: () => performance.now(),
  mostMs,
  costly: new Set(),
})

const firstStep = 50
const largestStep = 800
const quickMs = 10
const mostRemembered = 1_000

/** Steps as large as they are quick, until the time is over: nothing interrupts one that is under way. */
export function createSteps({ clock, mostMs }: SearchBounds) {
  const endsAt = clock() + mostMs
  let size = firstStep
  let startedAt = clock()

  return {
    /** Messages to look at next. */
    begin(): number {
      startedAt = clock()
      return size
    },
    /** Whether there is time for another. */
    end(): boolean {
      const now = clock()
      const isQuick = now - startedAt < quickMs
      size = isQuick ? Math.min(largestStep, size * 2) : Math.max(firstStep / 2, Math.floor(size / 2))
      return now < endsAt
    },
  }
}

/** Remembers a beginning when looking it up took longer than a search may. */
export async function noticingCost<Value>(
  beginning: string | undefined,
  { clock, mostMs, costly }: SearchBounds,
  look: () => Promise<Value>,
): Promise<Value> {
  const startedAt = clock()
  const value = await look()
  if (beginning !== undefined && clock() - startedAt > mostMs) {
    for (const oldest of costly) if (costly.size >= mostRemembered) costly.delete(oldest)
    costly.add(beginning)
  }
  return value
}
