import type { IncomingMessage } from 'node:http'
import type { AddressKey } from '../budgets/address-key'
import type { SparePlaces } from '../budgets/spare-places'
import { createTokenBuckets } from '../budgets/token-bucket'
import { fullRetryMs } from '../http/say-full'
import type { ServerLimits } from '../limits'
import type { Log } from '../server-options'

// Refusals over the rate that still get a reason; the rest get a status line.
const politeRefusals = { burst: 5, perSecond: 5 }

/** Which new connections are taken. */
export interface Welcome {
  /** Where there is no place, and over the rate, some are let in only to be told when to come again. */
  letsIn: (request: IncomingMessage) => boolean
  /** What to tell somebody who was let in only to be told. */
  retryAfterMs: (request: IncomingMessage) => number | undefined
}

export function createWelcome(options: {
  limits: ServerLimits
  addressKey: AddressKey
  spare: SparePlaces
  log: Log
}): Welcome {
  const { limits, addressKey, spare, log } = options
  const perMinute = limits.newConnectionsPerMinute
  const arrivals = createTokenBuckets({ burst: perMinute, perSecond: perMinute / 60 })
  const reasons = createTokenBuckets(politeRefusals)
  const retryAfter = new WeakMap<IncomingMessage, number>()

  return {
    letsIn(request) {
      if (spare.has(request.socket)) {
        retryAfter.set(request, fullRetryMs)
        return true
      }
      const address = addressKey(request.socket.remoteAddress)
      const waitMs = arrivals.take(address)
      if (waitMs === 0) return true
      log('connection_refused', { reason: 'rate_limited' })
      retryAfter.set(request, waitMs)
      return reasons.take(address) === 0
    },
    retryAfterMs: (request) => retryAfter.get(request),
  }
}
