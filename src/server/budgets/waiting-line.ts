import type { Clock } from './token-bucket'

/** A line in which the lowest rank goes first, one at a time; whoever waited too long is sent away. */
export interface WaitingLine {
  length: () => number
  /** Resolves true when it is one's turn, false when that took longer than `mostMs`. */
  wait: (one: { address: string; leastMs: number; mostMs: number }) => Promise<boolean>
  stop: () => void
}

interface Waiting {
  address: string
  earliest: number
  latest: number
  leave: (isTurn: boolean) => void
}

export function createWaitingLine(options: {
  /** Milliseconds until somebody may have a turn. */
  untilTurn: () => number
  rank: (address: string) => number
  spacingMs: number
  clock: Clock
}): WaitingLine {
  const { untilTurn, rank, spacingMs, clock } = options
  const line = new Set<Waiting>()
  let nextTurn = 0
  let timer: NodeJS.Timeout | undefined

  function leave(one: Waiting, isTurn: boolean) {
    line.delete(one)
    one.leave(isTurn)
  }

  function serve() {
    const now = clock()
    for (const one of line) if (now >= one.latest) leave(one, false)
    if (untilTurn() === 0 && now >= nextTurn) {
      const next = firstOf([...line].filter((one) => now >= one.earliest))
      if (next) {
        nextTurn = now + spacingMs
        leave(next, true)
      }
    }
    wake()
  }

  const firstOf = (ready: readonly Waiting[]): Waiting | undefined =>
    ready.reduce<Waiting | undefined>(
      (best, one) => (best && rank(best.address) <= rank(one.address) ? best : one),
      undefined,
    )

  function wake() {
    clearTimeout(timer)
    if (line.size === 0) return
    const now = clock()
    const turn = Math.max(Math.min(...[...line].map((one) => one.earliest)), now + untilTurn(), nextTurn)
    const over = Math.min(...[...line].map((one) => one.latest))
    timer = setTimeout(serve, Math.max(1, Math.ceil(Math.min(turn, over) - now)))
  }

  return {
    length: () => line.size,
    wait: ({ address, leastMs, mostMs }) =>
      new Promise((resolve) => {
        const now = clock()
        line.add({ address, earliest: now + leastMs, latest: now + mostMs, leave: resolve })
        wake()
      }),
    stop() {
      clearTimeout(timer)
      for (const one of line) leave(one, false)
    },
  }
}
