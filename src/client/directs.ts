import type { ServerUrl } from '#shared/address'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { Room } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Ask } from './ask'
import type { Errands } from './errands'
import type { OpenRoom } from './room'
import type { Rooms } from './rooms'
import { roomKey } from './saved-entities'
import type { Sessions } from './sessions'
import type { Visits } from './visits'

/** Others may open conversations with us; this many at most are followed on one server. */
const mostDirects = 200

export interface Directs {
  /** Opens the conversation with somebody, or goes to it. */
  open: (server: ServerUrl, memberId: MemberId) => Promise<ClientReply<{ key: RoomKey }>>
  /** Somebody opened one with us: joins it. */
  opened: (server: ServerUrl, room: Room) => void
}

export interface DirectsOptions {
  rooms: Rooms
  visits: Visits
  errands: Errands
  sessions: Sessions
  ask: Ask
  report: (error: unknown) => void
}

/** Conversations of two. Nobody joins them by a code: the server brings the two together. */
export function createDirects({ rooms, visits, errands, sessions, ask, report }: DirectsOptions): Directs {
  const entering = new Set<RoomKey>()

  const isWith = (memberId: MemberId) => (room: OpenRoom) => {
    const { room: known, you, members } = room.snapshot()
    return known.kind === 'direct' && you.memberId !== memberId && members.some((one) => one.memberId === memberId)
  }
  const countOn = (server: ServerUrl) =>
    entering.size + rooms.on(server).filter((room) => room.snapshot().room.kind === 'direct').length

  return {
    async open(server, memberId) {
      const known = rooms.on(server).find(isWith(memberId))
      if (known) return { ok: true, value: { key: known.key } }
      return visits.enter({ server, unread: 'none' }, (link) => ask(link, 'open_direct', { memberId }))
    },
    opened(server, { roomId, kind }) {
      const key = roomKey(server, roomId)
      const isKnown = rooms.get(key) !== undefined || entering.has(key) || errands.isLeaving(server, roomId)
      if (kind !== 'direct' || isKnown || countOn(server) >= mostDirects) return
      entering.add(key)
      visits
        .enter({ server, unread: 'all' }, (link) => ask(link, 'join_room', { roomId, session: sessions.of(server) }))
        .catch(report)
        .finally(() => entering.delete(key))
    },
  }
}
