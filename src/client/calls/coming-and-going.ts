import { parseAddress, type ServerUrl } from '#shared/address'
import type { RoomGoneReason, RoomKey } from '#shared/bridge'
import type { RoomId } from '#shared/protocol/ids'
import { strangerTimeoutMs, type Ask } from '../ask'
import type { Client, RoomCalls } from '../door'
import type { Errands } from '../errands'
import type { Tell } from '../news'
import type { OwnFiles } from '../own-files'
import { filesOf } from '../queued-files'
import type { OpenRoom } from '../room'
import type { Rooms } from '../rooms'
import type { Saved } from '../saved'
import { roomKey } from '../saved-entities'
import type { Servers } from '../servers'
import type { Sessions } from '../sessions'
import type { Link } from '../transport/link'
import type { Typing } from '../typing'
import type { Visits } from '../visits'
import { done, refuse, type Answering } from './answering'

export interface ComingAndGoingOptions {
  rooms: Rooms
  servers: Servers
  saved: Saved
  sessions: Sessions
  visits: Visits
  errands: Errands
  typing: Typing
  ownFiles: OwnFiles
  ask: Ask
  tell: Tell
  report: (error: unknown) => void
  onGone: (room: OpenRoom, reason: RoomGoneReason) => void
}

type Calls = Pick<RoomCalls, 'joinRoom' | 'leaveRoom' | 'reconnect'> & Pick<Client, 'createRoom'>
type Leaving = (input: { key: RoomKey }) => ReturnType<RoomCalls['leaveRoom']>

export function createComingAndGoing({ anywhere, inRoom, online }: Answering, options: ComingAndGoingOptions): Calls {
  const { rooms, servers, saved, sessions, visits, errands, typing, ownFiles, ask, tell, report, onGone } = options

  async function askToJoin(link: Link, server: ServerUrl, wanted: { roomId: RoomId; name: string }) {
    const reply = await ask(link, 'join_room', { ...wanted, session: sessions.of(server) }, strangerTimeoutMs)
    // Another tab became somebody else since this link was made; here the link's own person counts.
    const isOutdated = !reply.ok && reply.error.code === 'invalid_request' && reply.error.field === 'session'
    return isOutdated ? ask(link, 'join_room', wanted, strangerTimeoutMs) : reply
  }

  const ways: Record<'leave' | 'close' | 'forget', Leaving> = {
    leave: inRoom((room) => {
      typing.set(room, false)
      errands.addLeave(room)
      onGone(room, 'left')
      const link = servers.get(room.server)?.link()
      if (link) errands.run(room.server, link).then(() => servers.tend(room.server), report)
      return done
    }),
    close: online(async (room, link) => {
      const reply = await ask(link, 'close_room', { roomId: room.roomId })
      if (!reply.ok) return reply
      onGone(room, 'closed_by_host')
      return done
    }),
    forget: anywhere(({ key }) => {
      saved.forgetRecent(key)
      if (!rooms.get(key)) {
        ownFiles.forget(filesOf(saved.pending(key)).map(({ fileId }) => fileId))
        saved.changePending(key, () => [])
      }
      tell({ kind: 'recent', recent: saved.recent() })
      return done
    }),
  }

  return {
    joinRoom: anywhere(({ address, name }) => {
      const where = parseAddress(address)
      const server = where?.server ?? saved.lastServer()
      if (!where || !server) return refuse('address_invalid', 'address')
      const { roomId } = where
      if (roomId === undefined) return refuse('address_invalid', 'code')

      const joined = rooms.get(roomKey(server, roomId))
      if (!joined)
        return visits.enter({ server, name, unread: 'none' }, (link) => askToJoin(link, server, { roomId, name }))
      visits.remember(joined)
      return { ok: true, value: { key: joined.key } }
    }),
    createRoom: anywhere(({ server, ...wanted }) => {
      // Made before the handshake, which carries it: `create_room` itself cannot.
      sessions.of(server)
      return visits.enter({ server, name: wanted.name, unread: 'none' }, (link) => ask(link, 'create_room', wanted))
    }),
    leaveRoom: ({ key, how }) => ways[how]({ key }),
    reconnect: anywhere(({ server }) => {
      servers.get(server)?.tryNow()
      return done
    }),
  }
}
