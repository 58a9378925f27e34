import type { Announcement, AnnouncementName } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import type { Connection } from '../rooms/connection'
import type { EnteredSince } from '../rooms/digest'
import type { Except } from '../rooms/except'
import { announcementFrame } from './frame'

/** Tells rooms what happened. What became true in one turn reaches each connection in one write. */
export interface FanOut {
  /** To everybody in the room but `except`. */
  announce: <A extends AnnouncementName>(roomId: RoomId, name: A, payload: Announcement<A>, except?: Except) => void
  /**
   * Lets an answer to this connection leave together with the turn's announcements. False when too much that was sent
   * before is unread.
   */
  hold: (connection: Connection) => boolean
  flush: () => void
}

type Announced = { [A in AnnouncementName]: { name: A; payload: Announcement<A> } }[AnnouncementName] & {
  except?: Except
}

export function createFanOut(options: {
  connectionsIn: (roomId: RoomId) => Iterable<Connection>
  sendQueueBytes: number
}): FanOut {
  const pending = new Map<RoomId, Announced[]>()
  const held = new Set<Connection>()
  let isScheduled = false

  // What a turn holds back nobody could have read yet.
  const isOverfull = (connection: Connection) =>
    connection.queuedBytes() > options.sendQueueBytes && !held.has(connection)

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
    for (const [roomId, announced] of due) send(options.connectionsIn(roomId), announced, isOverfull)
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
      if (isOverfull(connection)) return false
      if (held.has(connection)) return true
      connection.cork()
      held.add(connection)
      schedule()
      return true
    },
    flush,
  }
}

function send(
  connections: Iterable<Connection>,
  announced: readonly Announced[],
  isOverfull: (connection: Connection) => boolean,
) {
  const newsFor = createNews(announced)
  const framesOf = createFrames(announced)
  for (const connection of connections) {
    if (isOverfull(connection)) {
      connection.drop('slow_reader')
      continue
    }
    const news = newsFor(connection)
    if (news.length > 0 && !connection.write(framesOf(news)))
      for (const { name, payload } of news) connection.emit(name, payload)
  }
}

const connectionsOf = (except: Except) => ('connections' in except ? except.connections : except.entered)

/** What is news to a connection: everything, unless it came in while a digest was being gathered. */
function createNews(announced: readonly Announced[]): (connection: Connection) => readonly Announced[] {
  const excepted = [...new Set(announced.flatMap(({ except }) => (except ? [connectionsOf(except)] : [])))]
  return (connection) => {
    if (!excepted.some((connections) => connections.has(connection))) return announced
    let digest: EnteredSince['entered'] | undefined
    let entered = 0
    return announced.filter(({ except }) => {
      if (!except) return true
      if ('connections' in except) return !except.connections.has(connection)
      // A digest's changes stand together: one look-up serves them all.
      if (except.entered !== digest) entered = (digest = except.entered).get(connection) ?? 0
      return entered <= except.moment
    })
  }
}

/** Each announcement is encoded once, into one buffer; whoever knows how it begins is sent the rest of it. */
function createFrames(announced: readonly Announced[]): (news: readonly Announced[]) => Buffer {
  const frames = new Map<Announced, Buffer>()
  const starts = new Map<Announced, number>()
  let all: Buffer | undefined

  function encode() {
    let start = 0
    for (const one of announced) {
      const frame = announcementFrame(one.name, one.payload)
      frames.set(one, frame)
      starts.set(one, start)
      start += frame.length
    }
    return Buffer.concat([...frames.values()])
  }

  return (news) => {
    all ??= encode()
    if (news === announced) return all
    const [first] = news
    if (first && first === announced.at(-news.length)) return all.subarray(starts.get(first))
    return Buffer.concat(news.flatMap((one) => frames.get(one) ?? []))
  }
}
