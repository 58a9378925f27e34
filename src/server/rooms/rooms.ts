import type { Announcement, AnnouncementName, CloseReason } from '#shared/protocol/contract'
import type { Member, Message, Room as ToldRoom } from '#shared/protocol/entities'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import type { StoredMember } from '../store/store'
import type { Connection } from './connection'
import { createDigest, type Digest } from './digest'
import type { Except } from './except'
import { firstMembers } from './first-members'
import { createRoom, type Room } from './room'

/** Who is where, now. What must outlive the process is the store's. */
export interface Rooms {
  connectionsIn: (roomId: RoomId) => readonly Connection[]
  connectionsOf: (roomId: RoomId, memberId: MemberId) => readonly Connection[]
  /** In whatever room: somebody who is in none hears of nothing. */
  connectionsOfPerson: (memberId: MemberId) => ReadonlySet<Connection>
  /** Who is online where. */
  here: () => Seat[]
  /** A page of who is in a room, for one of them who is here; undefined for anybody else. */
  membersFor: (seat: Seat, after: MemberId | undefined) => { members: Member[]; hasMore: boolean } | undefined
  announce: <A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>, except?: Except) => void
  /** To one member's own connections. */
  tell: <A extends AnnouncementName>(seat: Seat, name: A, payload: Announcement<A>) => void
  /** Keeps a room at hand while somebody is on the way in. */
  open: (roomId: RoomId) => Promise<Entrance>
  /** A member is gone for good; their own other connections hear of it at once. */
  leave: (roomId: RoomId, memberId: MemberId) => Promise<void>
  lose: (roomId: RoomId, memberId: MemberId, connection: Connection) => void
  close: (roomId: RoomId, reason: CloseReason) => void
  stop: () => void
}

type Seat = { roomId: RoomId; memberId: MemberId }

export interface Entrance {
  /** Makes somebody a member who is not here, and has not come: the others are told. */
  bringBack: (member: StoredMember) => void
  /**
   * Takes part from now on: every later announcement reaches this connection. `late` are the messages announced since
   * the entrance was opened, for what was read in the meantime may lack them; `changed` is what the room was last
   * changed to. Refuses whoever has left since.
   */
  enter: (as: Entering) => {
    you: Member
    members: Member[]
    hasMoreMembers: boolean
    late: readonly Message[]
    changed: ToldRoom | undefined
  }
  /** Must follow, entered or not. */
  release: () => void
}

interface Entering {
  you: StoredMember
  connection: Connection
  /** Members this room may not have heard of yet. */
  known?: readonly StoredMember[]
}

/** What somebody on the way in has missed so far. */
interface Arrival {
  messages: Message[]
  left: Set<MemberId>
}

interface OpenRoom {
  room: Room
  digest: Digest
  arrivals: Set<Arrival>
  changed: ToldRoom | undefined
  isClosed: boolean
  /** What the store was last told; undefined until it was, for the room's last people may have left a mark behind. */
  isMarkedEmpty: boolean | undefined
}

export interface RoomsOptions {
  graceMs: number
  digestMs: number
  loadMembers: (roomId: RoomId) => Promise<readonly StoredMember[]>
  announce: <A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>, except?: Except) => void
  flush: () => void
  onEmptied: (roomId: RoomId, isEmpty: boolean) => void
  /** A member has no connection left in a room. */
  onSilent: (roomId: RoomId, memberId: MemberId) => void
}

export function createRooms(options: RoomsOptions): Rooms {
  const rooms = new Map<RoomId, OpenRoom>()
  const loading = new Map<RoomId, Promise<OpenRoom>>()

  function build(roomId: RoomId, members: readonly StoredMember[]): OpenRoom {
    const digest = createDigest({
      windowMs: options.digestMs,
      onJoined: (member, except) => options.announce(roomId, 'member_joined', { roomId, member }, except),
      onLeft: (memberId, reason, except) =>
        options.announce(roomId, 'member_left', { roomId, memberId, reason }, except),
    })
    const room = createRoom({
      members,
      graceMs: options.graceMs,
      onSilent: (memberId) => options.onSilent(roomId, memberId),
      onBack: digest.joined,
      onGone(memberId, reason) {
        digest.left(memberId, reason)
        settle(roomId)
      },
    })
    return { room, digest, arrivals: new Set(), changed: undefined, isClosed: false, isMarkedEmpty: undefined }
  }

  async function load(roomId: RoomId): Promise<OpenRoom> {
    const open = build(roomId, await options.loadMembers(roomId))
    rooms.set(roomId, open)
    return open
  }

  function loaded(roomId: RoomId): Promise<OpenRoom> {
    const earlier = loading.get(roomId)
    if (earlier) return earlier
    const open = load(roomId).finally(() => loading.delete(roomId))
    loading.set(roomId, open)
    return open
  }

  async function arrive(roomId: RoomId, arrival: Arrival): Promise<OpenRoom> {
    const open = rooms.get(roomId) ?? (await loaded(roomId))
    // Whoever else waited for it may have left it empty again.
    if (rooms.get(roomId) !== open) return arrive(roomId, arrival)
    open.arrivals.add(arrival)
    return open
  }

  function announce<A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>, except?: Except) {
    const open = rooms.get(roomId)
    if (open && 'message' in payload) for (const { messages } of open.arrivals) messages.push(payload.message)
    if (open && 'room' in payload) open.changed = payload.room
    options.announce(roomId, name, payload, except)
  }

  const connectionsOf = (roomId: RoomId, memberId: MemberId) => rooms.get(roomId)?.room.connectionsOf(memberId) ?? []

  /** Says when a room has emptied, and forgets it once nobody is in it, on the way in or still to be told of. */
  function settle(roomId: RoomId) {
    const open = rooms.get(roomId)
    if (!open || open.room.isOccupied()) return
    mark(roomId, open, true)
    if (open.arrivals.size > 0) return
    forget(roomId, open)
  }

  function mark(roomId: RoomId, open: OpenRoom, isEmpty: boolean) {
    if (open.isMarkedEmpty === isEmpty) return
    open.isMarkedEmpty = isEmpty
    options.onEmptied(roomId, isEmpty)
  }

  function forget(roomId: RoomId, { room, digest }: OpenRoom) {
    digest.stop()
    room.stop()
    rooms.delete(roomId)
  }

  return {
    connectionsIn: (roomId) => rooms.get(roomId)?.room.connections() ?? [],
    connectionsOf,
    connectionsOfPerson: (memberId) => new Set([...rooms.values()].flatMap(({ room }) => room.connectionsOf(memberId))),
    here: () => [...rooms].flatMap(([roomId, { room }]) => room.onlineIds().map((memberId) => ({ roomId, memberId }))),
    membersFor({ roomId, memberId }, after) {
      const room = rooms.get(roomId)?.room
      return room && connectionsOf(roomId, memberId).length > 0
        ? room.membersAfter(after, limits.membersPage)
        : undefined
    },
    announce,
    tell({ roomId, memberId }, name, payload) {
      options.flush()
      for (const connection of connectionsOf(roomId, memberId)) connection.emit(name, payload)
    },

    async open(roomId) {
      const arrival: Arrival = { messages: [], left: new Set() }
      const open = await arrive(roomId, arrival)
      function bringBack(member: StoredMember) {
        if (arrival.left.has(member.memberId) || open.room.has(member.memberId)) return
        open.room.admit(member)
        open.digest.joined({ ...member, online: false })
      }
      return {
        bringBack,
        enter({ you, connection, known = [] }) {
          if (open.isClosed) throw new Refusal('room_not_found')
          if (arrival.left.has(you.memberId)) throw new Refusal('not_a_member')
          for (const member of known) bringBack(member)
          open.room.admit(you)
          const here = open.room.enter(you.memberId, connection)
          open.digest.entered(connection, you.memberId)
          mark(roomId, open, false)
          const members = firstMembers(here, open.room.members())
          return { you: here, ...members, late: arrival.messages, changed: open.changed }
        },
        release() {
          open.arrivals.delete(arrival)
          settle(roomId)
        },
      }
    },

    async leave(roomId, memberId) {
      const open = rooms.get(roomId) ?? (await loading.get(roomId))
      if (!open) return
      for (const { left } of open.arrivals) left.add(memberId)
      options.flush()
      for (const connection of open.room.remove(memberId))
        connection.emit('member_left', { roomId, memberId, reason: 'left' })
    },

    lose: (roomId, memberId, connection) => rooms.get(roomId)?.room.lose(memberId, connection),

    close(roomId, reason) {
      const open = rooms.get(roomId)
      if (!open) return
      open.isClosed = true
      announce(roomId, 'room_closed', { roomId, reason })
      options.flush()
      forget(roomId, open)
    },

    stop() {
      for (const [roomId, open] of rooms) forget(roomId, open)
    },
  }
}
