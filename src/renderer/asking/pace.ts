interface Waiting {
  readonly isWanted: () => boolean
  readonly answer: (isTurn: boolean) => void
}

/** `burst` at once, then so many a second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Spreads requests out. Who asked last is served first: that is what somebody who scrolls is looking at. */
export function createPace({ burst, perSecond }: Rate) {
  const waiting: Waiting[] = []
  let [left, filledAt] = [burst, performance.now()]
  let timer: ReturnType<typeof setTimeout> | undefined

  function serve() {
    const now = performance.now()
    left = Math.min(burst, left + ((now - filledAt) / 1_000) * perSecond)
    filledAt = now
    for (let next = waiting.at(-1); next && (left >= 1 || !next.isWanted()); next = waiting.at(-1)) {
      waiting.pop()
      const isTurn = next.isWanted()
      if (isTurn) left -= 1
      next.answer(isTurn)
    }
    if (waiting.length > 0) timer ??= setTimeout(again, 1_000 / perSecond)
  }
  function again() {
    timer = undefined
    serve()
  }

  /** Resolves when it is one's turn; to false when that is no longer wanted. */
  const turn = (isWanted: () => boolean): Promise<boolean> =>
    new Promise((answer) => {
      waiting.push({ isWanted, answer })
      serve()
    })
  return { turn }
}
