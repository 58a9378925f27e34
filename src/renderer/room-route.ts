import type { ServerUrl } from '#shared/address'
import type { Platform, RecentRoom, RoomKey } from '#shared/bridge'
import type { OpenRoom } from './stores/rooms'

type Kind = Platform['kind']

/** A browser knows one server; a desktop route says which. */
export const roomRoute = (kind: Kind, { server, key }: { server: ServerUrl; key: RoomKey }) => ({
  name: 'room',
  params: { roomId: key.slice(server.length + 1) },
  query: kind === 'desktop' ? { server } : {},
})

/** The room a person was in last, if they are still in it. */
export function routeAtStart(kind: Kind, rooms: readonly OpenRoom[], recent: readonly RecentRoom[]) {
  const visited = recent.map(({ key }) => rooms.find((room) => room.key === key))
  const latest = visited.find((room) => room !== undefined) ?? rooms.at(-1)
  return latest && roomRoute(kind, latest)
}
