import type { Announcement, AnnouncementName } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import type { Connection } from '../rooms/connection'
import { announcementFrame } from './frame'

/** Tells rooms what happened. What became true in one turn reaches each connection in one write. */
export interface FanOut {
  announce: <A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>) => void
  /** Lets an answer to this connection leave together with the turn's announcements. */
  hold: (connection: Connection) => void
  flush: () => void
}

type Announced = { [A in AnnouncementName]: { name: A; payload: Announcement<A> } }[AnnouncementName]

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
    announce(roomId, name, payload) {
      const announced = pending.get(roomId) ?? []
      if (announced.length === 0) pending.set(roomId, announced)
      announced.push({ name, payload } as Announced)
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
  let frames: Buffer | undefined
  for (const connection of connections) {
    if (connection.queuedBytes() > sendQueueBytes) {
      connection.drop('slow_reader')
      continue
    }
    frames ??= framesOf(announced)
    if (!connection.write(frames)) for (const { name, payload } of announced) connection.emit(name, payload)
  }
}

function framesOf(announced: readonly Announced[]): Buffer {
  const [only] = announced
  if (announced.length === 1 && only) return announcementFrame(only.name, only.payload)
  return Buffer.concat(announced.map(({ name, payload }) => announcementFrame(name, payload)))
}
