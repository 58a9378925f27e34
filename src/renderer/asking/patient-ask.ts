import type { ClientReply } from '#shared/bridge'
import { createPace, type Rate } from './pace'

const mostTries = 4
const longestWaitMs = 5_000
const noLongerWanted: ClientReply<never> = { ok: false, error: { code: 'timed_out' } }

/** `isWanted`: whether it still is when its turn comes. */
export type PatientAsk = <Value>(
  ask: () => Promise<ClientReply<Value>>,
  isWanted?: () => boolean,
) => Promise<ClientReply<Value>>

/** Asks no faster than a server answers, and again when it says to wait. */
export function createPatientAsk(rate: Rate): PatientAsk {
  const pace = createPace(rate)

  return async (ask, isWanted = () => true) => {
    for (let tries = 1; ; tries++) {
      if (!(await pace.turn(isWanted))) return noLongerWanted
      const reply = await ask()
      if (reply.ok || reply.error.code !== 'rate_limited' || tries >= mostTries) return reply
      const waitMs = Math.min(reply.error.retryAfterMs ?? longestWaitMs, longestWaitMs)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}
