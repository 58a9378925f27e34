import type { ServerUrl } from '#shared/address'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { Room } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { roomOf, type Announced } from './announced'
import type { Ask } from './ask'
import type { Errands } from './errands'
import { createLatch } from './latch'
import { pause } from './pause'
import type { OpenRoom } from './room'
import type { Rooms } from './rooms'
import { roomKey } from './saved-entities'
import type { Sessions } from './sessions'
import { createTurns } from './turns'
import type { Visits } from './visits'

/** Others may open conversations with us: this many are followed on one server, and the next takes the place of one. */
const mostDirects = 300
/** On the way in: all that a server tells at once, and as many that come meanwhile. */
const mostWaiting = 2 * mostDirects
const mostTries = 5
const longestWaitMs = 60_000
const never = createLatch()

export interface Directs {
  /** Opens the conversation with somebody, or goes to it. */
  open: (server: ServerUrl, memberId: MemberId) => Promise<ClientReply<{ key: RoomKey }>>
  /** Somebody opened one with us, or wrote in one that is not followed: joins it. */
  opened: (server: ServerUrl, room: Pick<Room, 'roomId' | 'kind'>) => void
  /** An announcement for a room that is not followed: perhaps one that was set aside. */
  hearStray: (server: ServerUrl, announced: Announced) => void
}

export interface DirectsOptions {
  rooms: Rooms
  visits: Visits
  errands: Errands
  sessions: Sessions
  ask: Ask
  /** Follows it no longer, and leaves it nowhere. */
  setAside: (room: OpenRoom) => void
  report: (error: unknown) => void
}

/** Conversations of two. Nobody joins them by a code: the server brings the two together. */
export function createDirects(options: DirectsOptions): Directs {
  const { rooms, visits, errands, sessions, ask, setAside, report } = options
  const entering = new Set<RoomKey>()
  const aside = new Set<RoomKey>()
  const inTurn = createTurns<ServerUrl>()

  const isWith = (memberId: MemberId) => (room: OpenRoom) => {
    const { room: known, you, members } = room.snapshot()
    return known.kind === 'direct' && you.memberId !== memberId && members.some((one) => one.memberId === memberId)
  }
  const followedOn = (server: ServerUrl) => rooms.on(server).filter((room) => room.snapshot().room.kind === 'direct')

  /** What is said in the one that is set aside brings it back, so nothing new is ever hidden. */
  function makePlace(server: ServerUrl) {
    const followed = followedOn(server)
    if (followed.length < mostDirects) return
    const [idlest] = followed
      .filter(({ outbox }) => outbox.isEmpty())
      .map((room) => ({ room, ...activity(room) }))
      .sort((a, b) => Number(a.isAnswered) - Number(b.isAnswered) || a.lastAt - b.lastAt)
    if (!idlest) return
    aside.add(idlest.room.key)
    setAside(idlest.room)
  }

  async function enter(server: ServerUrl, roomId: RoomId) {
    for (let tries = 1; tries <= mostTries; tries++) {
      if (errands.isLeaving(server, roomId)) return
      makePlace(server)
      const reply = await visits.enter({ server, unread: 'all' }, (link) =>
        ask(link, 'join_room', { roomId, session: sessions.of(server) }),
      )
      // Whoever comes with many is let into some of them at a time.
      if (reply.ok || reply.error.code !== 'rate_limited') return
      await pause(Math.min(reply.error.retryAfterMs ?? longestWaitMs, longestWaitMs), never)
    }
  }

  function opened(server: ServerUrl, { roomId, kind }: Pick<Room, 'roomId' | 'kind'>) {
    const key = roomKey(server, roomId)
    const isKnown = rooms.get(key) !== undefined || entering.has(key) || errands.isLeaving(server, roomId)
    if (kind !== 'direct' || isKnown || entering.size >= mostWaiting) return
    entering.add(key)
    aside.delete(key)
    inTurn(server, () => enter(server, roomId))
      .catch(report)
      .finally(() => entering.delete(key))
  }

  return {
    async open(server, memberId) {
      const known = rooms.on(server).find(isWith(memberId))
      if (known) return { ok: true, value: { key: known.key } }
      makePlace(server)
      return visits.enter({ server, unread: 'none' }, (link) => ask(link, 'open_direct', { memberId }))
    },
    opened,
    hearStray(server, announced) {
      const roomId = roomOf(announced)
      if (announced.name === 'message_posted' && aside.has(roomKey(server, roomId)))
        opened(server, { roomId, kind: 'direct' })
    },
  }
}

/** Whether this person has written in it, as far as that is known, and when something was last said. */
function activity(room: OpenRoom): { isAnswered: boolean; lastAt: number } {
  const { room: known, you, messages } = room.snapshot()
  return {
    isAnswered: messages.some(({ author }) => author.memberId === you.memberId),
    lastAt: messages.at(-1)?.sentAt ?? known.createdAt,
  }
}
