import { ownServer, parseAddress } from '#shared/address'
import { roomKeyOf } from '../room-key'
import { useHosting } from '../stores/hosting'
import type { Place } from '../stores/jumps'
import { useRooms } from '../stores/rooms'

/** The message in a room one is in that a link leads to: `http://192.168.1.5:4545/ABC234#12`. */
export function usePlaceOfLink(): (url: string) => Place | undefined {
  const [rooms, hosting] = [useRooms(), useHosting()]

  return (url) => {
    const seq = /#(\d{1,15})$/.exec(url)?.[1]
    const address = seq === undefined ? undefined : parseAddress(url)
    if (!address?.server || !address.roomId) return undefined
    const { hosting: own } = hosting
    const isOwn = own.state === 'running' && own.addresses.includes(address.server)
    const key = roomKeyOf(isOwn ? ownServer : address.server, address.roomId)
    return rooms.byKey.has(key) ? { key, seq: Number(seq) } : undefined
  }
}
