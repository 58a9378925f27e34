import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { monotonic } from '../budgets/token-bucket'
import { createUnacknowledged, type Unacknowledged } from './unacknowledged'

export interface AnswerSpeed {
  watch: (response: ServerResponse) => void
  stop: () => void
}

interface Reader {
  socket: Socket
  taken: number
  isKnown: boolean
  /** What it has read ahead of the least speed, in time. */
  creditMs: number
}

const saysNothing: Unacknowledged = () => undefined
const looksPerPatience = 5
// Without the system's word a reader is seen moving only when one of its buffers has emptied.
const blindFactor = 2

/** Cuts connections whose answers are read too slowly: below the least speed for as long as patience lasts. */
export function createAnswerSpeed({
  leastPerSecond,
  patienceMs,
}: {
  leastPerSecond: number
  patienceMs: number
}): AnswerSpeed {
  const readers = new Map<ServerResponse, Reader>()
  const askSystem = createUnacknowledged()
  let lookedAt = monotonic()
  let isLooking = false

  async function look() {
    const isNeeded = [...readers.values()].some(({ socket }) => socket.writableLength > 0)
    const held = isNeeded ? await askSystem() : saysNothing
    if (held === 'later') return
    // A process that stood still itself blames nobody.
    const elapsedMs = Math.min(monotonic() - lookedAt, patienceMs / 2)
    lookedAt = monotonic()
    for (const reader of readers.values())
      if (!isFastEnough(reader, held(reader.socket), elapsedMs)) reader.socket.destroy()
  }

  function isFastEnough(reader: Reader, held: number | undefined, elapsedMs: number): boolean {
    const { socket } = reader
    const mostMs = held === undefined ? patienceMs * blindFactor : patienceMs
    const taken = socket.bytesWritten - socket.writableLength - (held ?? 0)
    const isKnown = held !== undefined
    // Counted differently than last time, what it has read meanwhile cannot be told.
    const read = isKnown === reader.isKnown ? Math.max(0, taken - reader.taken) : 0
    const isWaiting = socket.writableLength > 0
    const creditMs = isWaiting ? reader.creditMs - elapsedMs + (read / leastPerSecond) * 1_000 : mostMs
    Object.assign(reader, { taken, isKnown, creditMs: Math.min(mostMs, creditMs) })
    return reader.creditMs > 0
  }

  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }, patienceMs / looksPerPatience)
  timer.unref()

  return {
    watch(response) {
      const { socket } = response
      if (!socket) return
      readers.set(response, { socket, taken: 0, isKnown: false, creditMs: patienceMs * blindFactor })
      response.once('close', () => readers.delete(response))
    },
    stop: () => clearInterval(timer),
  }
}
