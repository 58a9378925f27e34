import type { Socket } from 'node:net'
import type { AddressKey } from './address-key'

/** How many connections are open, in all and per address. */
export interface ConnectionCounts {
  /** Counts it until it closes; false when there are too many. */
  add: (socket: Socket) => boolean
  /** Ends all that are counted. */
  destroyAll: () => void
}

export function createConnectionCounts(
  limits: { connections: number; connectionsPerAddress: number },
  addressKey: AddressKey,
): ConnectionCounts {
  const byAddress = new Map<string, number>()
  const open = new Set<Socket>()

  return {
    add(socket) {
      const address = addressKey(socket.remoteAddress)
      const here = byAddress.get(address) ?? 0
      if (open.size >= limits.connections || here >= limits.connectionsPerAddress) return false
      open.add(socket)
      byAddress.set(address, here + 1)
      socket.once('close', () => {
        open.delete(socket)
        const left = (byAddress.get(address) ?? 1) - 1
        if (left > 0) byAddress.set(address, left)
        else byAddress.delete(address)
      })
      return true
    },
    destroyAll() {
      for (const socket of open) socket.destroy()
    },
  }
}
