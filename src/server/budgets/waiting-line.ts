import type { Clock } from './token-bucket'

/** A line in which the lowest rank goes first, one at a time; whoever waited too long is sent away. */
export interface WaitingLine {
  length: () => number
  /** Resolves true when it is one's turn, false when that took longer than `mostMs`. */
  wait: (one: { address: string; leastMs: number; mostMs: number }) => Promise<boolean>
  /** Sends away who waits, and whoever comes later. */
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
  let wakesAt = Infinity
  let isStopped = false

  function leave(one: Waiting, isTurn: boolean) {
    line.delete(one)
    one.leave(isTurn)
  }

  function serve() {
    wakesAt = Infinity
    const now = clock()
    for (const one of line) if (now >= one.latest) leave(one, false)
    if (untilTurn() === 0 && now >= nextTurn) {
      const next = firstReady(now)
      if (next) {
        nextTurn = now + spacingMs
        leave(next, true)
      }
    }
    const turn = Math.max(now + untilTurn(), nextTurn)
    for (const one of line) wakeFor(one, now, turn)
  }

  function firstReady(now: number): Waiting | undefined {
    let first: Waiting | undefined
    for (const one of line) if (now >= one.earliest && (!first || rank(one.address) < rank(first.address))) first = one
    return first
  }

  function wakeFor({ earliest, latest }: Waiting, now: number, turn: number) {
    const at = Math.min(latest, Math.max(earliest, turn))
    if (at >= wakesAt) return
    clearTimeout(timer)
    wakesAt = at
    timer = setTimeout(serve, Math.max(1, Math.ceil(at - now)))
  }

  return {
    length: () => line.size,
    async wait({ address, leastMs, mostMs }) {
      if (isStopped) return false
      return new Promise((resolve) => {
        const now = clock()
        const one = { address, earliest: now + leastMs, latest: now + mostMs, leave: resolve }
        line.add(one)
        wakeFor(one, now, Math.max(now + untilTurn(), nextTurn))
      })
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      for (const one of line) leave(one, false)
    },
  }
}
