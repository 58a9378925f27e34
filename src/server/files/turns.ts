export interface Turns {
  /** Begins when everything before it has ended. */
  take: <Value>(work: () => Promise<Value>) => Promise<Value>
  idle: () => Promise<void>
}

/** One piece of work at a time. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()

  return {
    take(work) {
      const turn = last.then(work)
      last = turn.catch(() => undefined)
      return turn
    },
    async idle() {
      await last
    },
  }
}
