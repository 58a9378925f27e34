import type { ServerResponse } from 'node:http'
import { monotonic } from '../budgets/token-bucket'
import { createAnswerReader, type AnswerReader, type ReadingLimits } from './answer-reader'
import { createUnacknowledged, type AskSystem } from './unacknowledged'

export interface AnswerSpeed {
  watch: (response: ServerResponse) => void
  stop: () => void
}

const ticksPerPatience = 5

/** Cuts connections whose answers are read too slowly: below the least speed for as long as patience lasts. */
export function createAnswerSpeed(limits: ReadingLimits, askSystem: AskSystem = createUnacknowledged()): AnswerSpeed {
  const readers = new Map<ServerResponse, AnswerReader>()
  let isLooking = false
  // Runs while the process does: one that stood still itself blames nobody.
  let runMs = 0
  let tickedAt = monotonic()

  function tick() {
    const now = monotonic()
    runMs += Math.min(now - tickedAt, limits.patienceMs / 2)
    tickedAt = now
    for (const reader of readers.values()) if (!reader.isWaitedFor()) reader.renew(runMs)
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }

  async function look() {
    if (![...readers.values()].some((reader) => reader.isWaitedFor())) return
    const held = await askSystem()
    if (held === 'later') return
    for (const { socket, isFastEnough } of readers.values()) if (!isFastEnough(held(socket), runMs)) socket.destroy()
  }

  const timer = setInterval(tick, limits.patienceMs / ticksPerPatience)
  timer.unref()

  return {
    watch(response) {
      if (!response.socket) return
      readers.set(response, createAnswerReader(response.socket, limits, runMs))
      response.once('close', () => readers.delete(response))
    },
    stop: () => clearInterval(timer),
  }
}
