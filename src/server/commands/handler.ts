import type { CommandName, Announcement, AnnouncementName, Input, Output } from '#shared/protocol/contract'
import type { MemberId, RoomId, SessionToken } from '#shared/protocol/ids'
import type { Budgets } from '../budgets/budgets'
import type { JoinGate } from '../budgets/join-gate'
import type { SearchTurns } from '../budgets/search-turns'
import type { Files } from '../files/open-files'
import type { Connection } from '../rooms/connection'
import type { ReadMarks } from '../rooms/read-marks'
import type { Rooms } from '../rooms/rooms'
import type { Typing } from '../rooms/typing'
import type { Report } from '../server-options'
import type { Seats, Store } from '../store/store'

/** Somebody the store knows, by the session they showed. */
export interface KnownPerson {
  memberId: MemberId
  session: SessionToken
}

/** Whoever is at the other end of one connection. */
export interface Caller {
  readonly connection: Connection
  /** What limits count as one address. */
  readonly address: string
  /** Undefined until a session was shown or a first room entered. */
  person: KnownPerson | undefined
  /** This connection has been told which rooms of two its person is in. */
  knowsDirects: boolean
  /** A session shown in the handshake that names nobody yet. */
  readonly offered: SessionToken | undefined
  /** This connection takes part in a room from now on, or would, were it not gone already. */
  entered: (roomId: RoomId) => void
}

export interface Services {
  store: Store
  files: Files
  rooms: Rooms
  typing: Typing
  readMarks: ReadMarks
  announce: <A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>) => void
  budgets: Budgets
  joinGate: JoinGate
  searchTurns: SearchTurns
  seats: Seats
  newRoomCode: () => RoomId
  now: () => number
  report: Report
}

export type Handler<C extends CommandName> = (input: Input<C>, caller: Caller, services: Services) => Promise<Output<C>>
