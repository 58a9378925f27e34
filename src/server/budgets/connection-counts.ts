import type { Socket } from 'node:net'
import { addressKey } from './address-key'

/** How many connections are open, in all and per address. */
export interface ConnectionCounts {
  /** Counts it until it closes; false when there are too many. */
  add: (socket: Socket) => boolean
}

export function createConnectionCounts(limits: {
  connections: number
  connectionsPerAddress: number
}): ConnectionCounts {
  const byAddress = new Map<string, number>()
  let inAll = 0

  return {
    add(socket) {
      const address = addressKey(socket.remoteAddress)
      const here = byAddress.get(address) ?? 0
      if (inAll >= limits.connections || here >= limits.connectionsPerAddress) return false
      inAll += 1
      byAddress.set(address, here + 1)
      socket.once('close', () => {
        inAll -= 1
        const left = (byAddress.get(address) ?? 1) - 1
        if (left > 0) byAddress.set(address, left)
        else byAddress.delete(address)
      })
      return true
    },
  }
}
