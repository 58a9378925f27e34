import type { ServerUrl } from '#shared/address'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { MemberId } from '#shared/protocol/ids'
import { roomOf, type Announced } from './announced'
import type { Tell } from './news'
import type { Entry, OpenRoom } from './room'
import type { Rooms } from './rooms'
import type { Saved } from './saved'
import { roomKey } from './saved-entities'
import type { Servers } from './servers'
import type { Sessions } from './sessions'
import { createTurns } from './turns'
import type { Link } from './transport/link'

const firstConnectionMs = 8_000
const mostStrays = 1_000

export interface VisitsOptions {
  servers: Servers
  rooms: Rooms
  saved: Saved
  sessions: Sessions
  now: () => number
  tell: Tell
  onEntered: (room: OpenRoom, link: Link) => void
  onGone: (room: OpenRoom, reason: NonNullable<ReturnType<OpenRoom['hear']>>) => void
}

/** `name` is given where people say who they are. `unread`: what of the room counts as new to them. */
export interface Visit {
  server: ServerUrl
  name?: string
  unread: 'none' | 'all'
}

export interface Visits {
  /** Connects to a server, asks it for a room and keeps what it gave; leaves nothing behind when it did not. */
  enter: (visit: Visit, ask: (link: Link) => Promise<ClientReply<Entry>>) => Promise<ClientReply<{ key: RoomKey }>>
  /** An announcement for a room we do not know: perhaps the one whose entry is still on its way. */
  hearStray: (server: ServerUrl, announced: Announced) => void
  remember: (room: OpenRoom) => void
}

/** First entries into rooms, by code or by making one. */
export function createVisits(options: VisitsOptions): Visits {
  const { servers, rooms, saved, sessions, now, tell } = options
  const inTurn = createTurns<ServerUrl>()
  const expecting = new Map<ServerUrl, Set<Announced[]>>()

  function expect(server: ServerUrl): { strays: Announced[]; end: () => void } {
    const strays: Announced[] = []
    const all = expecting.get(server) ?? new Set()
    expecting.set(server, all.add(strays))
    return {
      strays,
      end() {
        all.delete(strays)
        if (all.size === 0) expecting.delete(server)
      },
    }
  }

  function open({ server, unread }: Visit, entry: Entry, strays: readonly Announced[], link: Link): OpenRoom {
    const { room: entered, you, fileBytes } = entry
    const readSeq = unread === 'none' ? lastSeqOf(entry) : 0
    const room =
      rooms.get(roomKey(server, entered.roomId)) ?? rooms.add({ server, room: entered, you, readSeq, fileBytes })
    room.beginEntry()
    strays
      .filter((announced) => roomOf(announced) === entered.roomId && !isOwnLeave(announced, you.memberId))
      .forEach((announced) => room.hear(announced))
    room.enter(entry, undefined)
    saved.keepRoom(room.toSave())
    remember(room)
    const gone = room.endEntry()
    if (gone) options.onGone(room, gone)
    else options.onEntered(room, link)
    return room
  }

  function remember({ key, server, snapshot }: OpenRoom) {
    const { title, kind } = snapshot().room
    // A direct conversation has no title and is gone back to by way of the other person.
    if (kind === 'direct') return
    saved.keepRecent({ key, server, title, visitedAt: now() })
    tell({ kind: 'recent', recent: saved.recent() })
  }

  return {
    remember,
    hearStray: (server, announced) =>
      expecting.get(server)?.forEach((strays) => {
        if (strays.length < mostStrays) strays.push(announced)
      }),
    async enter(visit, ask) {
      const { server, name } = visit
      const { connection, end: endVisit } = servers.visit(server)
      const { strays, end } = expect(server)
      try {
        const opened = await connection.whenOpen(firstConnectionMs)
        if (!opened.ok) return opened
        // One after the other: the first makes the person known whom the others then are.
        const reply = await inTurn(server, () => ask(opened.value))
        if (!reply.ok) return reply

        sessions.keep(server, reply.value.session)
        if (name !== undefined) {
          saved.keepName(name)
          saved.keepLastServer(server)
        }
        saved.forgetLeave(server, reply.value.room.roomId)
        return { ok: true, value: { key: open(visit, reply.value, strays, opened.value).key } }
      } finally {
        end()
        endVisit()
      }
    },
  }
}

/** Of an earlier stay: who has left does not get an entry. */
const isOwnLeave = ({ name, payload }: Announced, you: MemberId) => name === 'member_left' && payload.memberId === you

/** What was said before one came is not unread. */
const lastSeqOf = ({ messages }: Entry): number => messages.reduce((last, { seq }) => Math.max(last, seq), 0)
