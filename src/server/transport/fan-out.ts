import type { Announcement, AnnouncementName } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import type { Connection } from '../rooms/connection'
import type { EnteredSince } from '../rooms/digest'
import { announcementFrame } from './frame'

/** Tells rooms what happened. What became true in one turn reaches each connection in one write. */
export interface FanOut {
  /** To everybody in the room but `except`. */
  announce: <A extends AnnouncementName>(
    roomId: RoomId,
    name: A,
    payload: Announcement<A>,
    except?: EnteredSince,
  ) => void
  /** Lets an answer to this connection leave together with the turn's announcements. */
  hold: (connection: Connection) => void
  flush: () => void
}

type Announced = { [A in AnnouncementName]: { name: A; payload: Announcement<A> } }[AnnouncementName] & {
  except?: EnteredSince
}

export function createFanOut(options: {
  connectionsIn: (roomId: RoomId) => Iterable<Connection>
  sendQueueBytes: number
}): FanOut {
  const pending = new Map<RoomId, Announced[]>()
  const held = new Set<Connection>()
  let isScheduled = false

  // A commit's handlers are promise continuations: the tick queue runs only when the last of them has.
  function schedule() {
    if (isScheduled) return
    isScheduled = true
    process.nextTick(flush)
  }

  function flush() {
    isScheduled = false
    const due = [...pending]
    pending.clear()
    for (const [roomId, announced] of due) send(options.connectionsIn(roomId), announced, options.sendQueueBytes)
    for (const connection of held) connection.uncork()
    held.clear()
  }

  return {
    announce(roomId, name, payload, except) {
      const announced = pending.get(roomId) ?? []
      if (announced.length === 0) pending.set(roomId, announced)
      announced.push({ name, payload, ...(except && { except }) } as Announced)
      schedule()
    },
    hold(connection) {
      if (held.has(connection)) return
      connection.cork()
      held.add(connection)
      schedule()
    },
    flush,
  }
}

function send(connections: Iterable<Connection>, announced: readonly Announced[], sendQueueBytes: number) {
  const isExcepted = exceptions(announced)
  const frames = lazyFrames(announced)
  for (const connection of connections) {
    if (connection.queuedBytes() > sendQueueBytes) {
      connection.drop('slow_reader')
      continue
    }
    const told = isExcepted(connection) ? announced.filter((one) => !isKnown(one, connection)) : announced
    if (told.length > 0 && !connection.write(frames(told)))
      for (const { name, payload } of told) connection.emit(name, payload)
  }
}

const isKnown = ({ except }: Announced, connection: Connection) =>
  except !== undefined && (except.entered.get(connection) ?? 0) > except.moment

function exceptions(announced: readonly Announced[]): (connection: Connection) => boolean {
  const entered = [...new Set(announced.flatMap(({ except }) => except?.entered ?? []))]
  return (connection) => entered.some((known) => known.has(connection))
}

/** Each announcement is encoded once, and what everybody is told is one buffer for all. */
function lazyFrames(everything: readonly Announced[]): (told: readonly Announced[]) => Buffer {
  const encoded = new Map<Announced, Buffer>()
  const frameOf = (one: Announced) => {
    const frame = encoded.get(one) ?? announcementFrame(one.name, one.payload)
    encoded.set(one, frame)
    return frame
  }
  const joined = (told: readonly Announced[]) => Buffer.concat(told.map(frameOf))
  let forAll: Buffer | undefined
  return (told) => (told === everything ? (forAll ??= joined(told)) : joined(told))
}
