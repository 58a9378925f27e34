import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { monotonic } from '../budgets/token-bucket'
import { createUnacknowledged, type AskSystem, type Unacknowledged } from './unacknowledged'

export interface AnswerSpeed {
  watch: (response: ServerResponse) => void
  stop: () => void
}

interface Reader {
  socket: Socket
  taken: number
  isKnown: boolean
  /** When it was last looked at. */
  lookedAt: number
  /** What it has read ahead of the least speed, in time. */
  creditMs: number
}

const saysNothing: Unacknowledged = () => undefined
const ticksPerPatience = 5
// Without the system's word a reader is seen moving only when one of its buffers has emptied.
const blindFactor = 2

/** Cuts connections whose answers are read too slowly: below the least speed for as long as patience lasts. */
export function createAnswerSpeed({
  leastPerSecond,
  patienceMs,
  askSystem = createUnacknowledged(),
}: {
  leastPerSecond: number
  patienceMs: number
  askSystem?: AskSystem
}): AnswerSpeed {
  const readers = new Map<ServerResponse, Reader>()
  let isLooking = false
  // Runs while the process does: one that stood still itself blames nobody.
  let clockMs = 0
  let tickedAt = monotonic()

  function tick() {
    const now = monotonic()
    clockMs += Math.min(now - tickedAt, patienceMs / 2)
    tickedAt = now
    for (const reader of readers.values())
      if (reader.socket.writableLength === 0) Object.assign(reader, fresh(reader.socket))
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }

  async function look() {
    const isNeeded = [...readers.values()].some(({ socket }) => socket.writableLength > 0)
    const held = isNeeded ? await askSystem() : saysNothing
    if (held === 'later') return
    for (const reader of readers.values()) if (!isFastEnough(reader, held(reader.socket))) reader.socket.destroy()
  }

  /** One that is not waited for. */
  function fresh(socket: Socket): Reader {
    return { socket, taken: socket.bytesWritten, isKnown: false, lookedAt: clockMs, creditMs: patienceMs * blindFactor }
  }

  function isFastEnough(reader: Reader, held: number | undefined): boolean {
    const { socket } = reader
    if (socket.writableLength === 0) return true
    const mostMs = held === undefined ? patienceMs * blindFactor : patienceMs
    const taken = socket.bytesWritten - socket.writableLength - (held ?? 0)
    const isKnown = held !== undefined
    // Counted differently than last time, what it has read meanwhile cannot be told.
    const isComparable = isKnown === reader.isKnown
    const readMs = (Math.max(0, taken - reader.taken) / leastPerSecond) * 1_000
    const creditMs = reader.creditMs + (isComparable ? readMs - (clockMs - reader.lookedAt) : 0)
    Object.assign(reader, { taken, isKnown, lookedAt: clockMs, creditMs: Math.min(mostMs, creditMs) })
    return reader.creditMs > 0
  }

  const timer = setInterval(tick, patienceMs / ticksPerPatience)
  timer.unref()

  return {
    watch(response) {
      const { socket } = response
      if (!socket) return
      readers.set(response, fresh(socket))
      response.once('close', () => readers.delete(response))
    },
    stop: () => clearInterval(timer),
  }
}
