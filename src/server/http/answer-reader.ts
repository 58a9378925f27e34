import type { Socket } from 'node:net'

export interface ReadingLimits {
  leastPerSecond: number
  /** How long somebody may read more slowly than that. */
  patienceMs: number
}

/** Whoever reads the answer on a connection. Times are those of one clock of the caller's. */
export interface AnswerReader {
  readonly socket: Socket
  isWaitedFor: () => boolean
  /** Nobody waits for it: all patience is there again. */
  renew: (nowMs: number) => void
  /** Counts what was read since the last time. `held`: what the system still has for it; undefined where it does not say. */
  isFastEnough: (held: number | undefined, nowMs: number) => boolean
}

// Without the system's word a reader is seen moving only when one of its buffers has emptied.
const blindFactor = 2

export function createAnswerReader(
  socket: Socket,
  { leastPerSecond, patienceMs }: ReadingLimits,
  nowMs: number,
): AnswerReader {
  let last = { taken: 0, isKnown: false, atMs: 0 }
  /** What was read ahead of the least speed, in time. */
  let creditMs = 0

  function renew(atMs: number) {
    last = { taken: socket.bytesWritten, isKnown: false, atMs }
    creditMs = patienceMs * blindFactor
  }
  renew(nowMs)

  const isWaitedFor = () => socket.writableLength > 0

  return {
    socket,
    isWaitedFor,
    renew,
    isFastEnough(held, atMs) {
      if (!isWaitedFor()) return true
      const before = last
      const isKnown = held !== undefined
      last = { taken: socket.bytesWritten - socket.writableLength - (held ?? 0), isKnown, atMs }
      const readMs = (Math.max(0, last.taken - before.taken) / leastPerSecond) * 1_000
      // Counted differently than last time, what was read meanwhile cannot be told.
      if (isKnown === before.isKnown) creditMs += readMs - (atMs - before.atMs)
      creditMs = Math.min(creditMs, isKnown ? patienceMs : patienceMs * blindFactor)
      return creditMs > 0
    },
  }
}
