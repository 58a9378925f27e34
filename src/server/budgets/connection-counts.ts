import type { Socket } from 'node:net'
import type { AddressKey } from './address-key'

/** How many connections are open, in all and per address. */
export interface ConnectionCounts {
  /**
   * Counts it until it closes; false when there are too many. Where all places are taken, an address with many that
   * never joined a room gives up its oldest for one with fewer.
   */
  add: (socket: Socket) => boolean
  /** Somebody on it has joined a room: it keeps its place. */
  makeKnown: (socket: Socket) => void
  /** Ends all that are counted. */
  destroyAll: () => void
}

interface AtAddress {
  /** Oldest first. */
  strangers: Set<Socket>
  known: Set<Socket>
}

const nobody: AtAddress = { strangers: new Set(), known: new Set() }

export function createConnectionCounts(
  limits: { connections: number; connectionsPerAddress: number },
  addressKey: AddressKey,
): ConnectionCounts {
  const byAddress = new Map<string, AtAddress>()
  const open = new Map<Socket, string>()

  function forget(socket: Socket) {
    const address = open.get(socket)
    const here = address === undefined ? undefined : byAddress.get(address)
    open.delete(socket)
    if (!here || address === undefined) return
    here.strangers.delete(socket)
    here.known.delete(socket)
    if (here.strangers.size + here.known.size === 0) byAddress.delete(address)
  }

  function makeRoom(strangersHere: number): boolean {
    let most = nobody
    for (const other of byAddress.values()) if (other.strangers.size > most.strangers.size) most = other
    const [oldest] = most.strangers
    if (!oldest || most.strangers.size <= strangersHere + 1) return false
    forget(oldest)
    oldest.destroy()
    return true
  }

  return {
    add(socket) {
      const address = addressKey(socket.remoteAddress)
      const { strangers, known } = byAddress.get(address) ?? nobody
      if (strangers.size + known.size >= limits.connectionsPerAddress) return false
      if (open.size >= limits.connections && !makeRoom(strangers.size)) return false
      const here = byAddress.get(address) ?? { strangers: new Set(), known: new Set() }
      byAddress.set(address, here)
      open.set(socket, address)
      here.strangers.add(socket)
      socket.once('close', () => forget(socket))
      return true
    },
    makeKnown(socket) {
      const here = byAddress.get(open.get(socket) ?? '')
      if (here?.strangers.delete(socket)) here.known.add(socket)
    },
    destroyAll() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}
