import type { Socket } from 'node:net'
import type { Log } from '../server-options'
import type { AddressKey } from './address-key'

/** A few places beyond all limits, each for as long as it takes to say that there are no more. */
export interface SparePlaces {
  /** False when those are taken too: then nothing can be said. */
  take: (socket: Socket) => boolean
  has: (socket: Socket) => boolean
}

const most = { inAll: 64, perAddress: 8 }
const lastsMs = 3_000

export function createSparePlaces({ addressKey, log }: { addressKey: AddressKey; log: Log }): SparePlaces {
  const taken = new Map<Socket, string>()

  return {
    has: (socket) => taken.has(socket),
    take(socket) {
      const address = addressKey(socket.remoteAddress)
      const here = [...taken.values()].filter((other) => other === address).length
      const isFree = taken.size < most.inAll && here < most.perAddress
      log('connection_refused', { reason: isFree ? 'full' : 'full_and_untold' })
      if (!isFree) return false
      taken.set(socket, address)
      const timer = setTimeout(() => socket.destroy(), lastsMs)
      socket.once('close', () => {
        clearTimeout(timer)
        taken.delete(socket)
      })
      return true
    },
  }
}
