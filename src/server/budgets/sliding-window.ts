import { monotonic, type Clock } from './token-bucket'

/** So many in any period, whenever it starts. */
export interface SlidingWindow {
  /** Milliseconds until there is room for one more; 0 when there is. */
  waitMs: () => number
  /** Counts one, with room or without; answers what `giveBack` needs. */
  take: () => number
  giveBack: (turn: number) => void
}

export function createSlidingWindow(
  { most, periodMs }: { most: number; periodMs: number },
  clock: Clock = monotonic,
): SlidingWindow {
  const turns = new Map<number, number>()
  let lastTurn = 0

  function forgetOld() {
    const horizon = clock() - periodMs
    for (const [turn, at] of turns) {
      if (at > horizon) return
      turns.delete(turn)
    }
  }

  return {
    waitMs() {
      forgetOld()
      const tooMany = turns.size - most
      if (tooMany < 0) return 0
      const freeing = [...turns.values()][tooMany]
      return freeing === undefined ? periodMs : Math.max(1, Math.ceil(freeing + periodMs - clock()))
    },
    take() {
      forgetOld()
      turns.set(++lastTurn, clock())
      return lastTurn
    },
    giveBack: (turn) => void turns.delete(turn),
  }
}
