import type { Socket } from 'node:net'
import type { AddressKey } from '../budgets/address-key'
import { createTokenBuckets } from '../budgets/token-bucket'
import type { ServerLimits } from '../limits'
import type { Log } from '../server-options'
import { stopReading } from './stop-reading'

/** How many HTTP requests come from an address: opening connections to ask a few more on each is as cheap as asking. */
export interface RequestRate {
  /** False, and the connection is closed, when its address has asked for too much already. */
  letsIn: (socket: Socket) => boolean
  /** Counts a request; false as above. */
  allows: (socket: Socket) => boolean
}

export function createRequestRate(options: {
  limits: Pick<ServerLimits, 'requestBurst' | 'requestsPerSecond'>
  addressKey: AddressKey
  log: Log
}): RequestRate {
  const { limits, addressKey, log } = options
  const requests = createTokenBuckets({ burst: limits.requestBurst, perSecond: limits.requestsPerSecond })

  function unless(isTooMuch: boolean, socket: Socket): boolean {
    if (!isTooMuch) return true
    log('connection_refused', { reason: 'too_many_requests' })
    stopReading(socket)
    return false
  }

  return {
    letsIn: (socket) => unless(requests.waitMs(addressKey(socket.remoteAddress)) > 0, socket),
    allows: (socket) => unless(requests.take(addressKey(socket.remoteAddress)) > 0, socket),
  }
}
