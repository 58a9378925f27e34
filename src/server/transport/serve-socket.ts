import type { RoomId } from '#shared/protocol/ids'
import { limits as sizes } from '#shared/protocol/limits'
import { createRefusalCount } from '../budgets/refusals'
import type { TokenBuckets } from '../budgets/token-bucket'
import type { Caller, Services } from '../commands/handler'
import type { ServerLimits } from '../limits'
import type { Log } from '../server-options'
import { createDispatch, type Dispatch } from './dispatch'
import type { FanOut } from './fan-out'
import { socketConnection, type ParlorSocket } from './socket-connection'

// With a page on top it is still far from too much. More than a stream's own mark, so that it is told when it is drained.
const mostUnread = sizes.pageBytes / 2

export interface SocketServices {
  services: Services
  limits: ServerLimits
  events: TokenBuckets
  fanOut: FanOut
  log: Log
}

/** Who comes, and from where. */
export type Arrival = Pick<Caller, 'address' | 'person' | 'offered'> & {
  /** They have joined a room. */
  makeKnown: () => void
}

/** Serves one connected socket until it is gone. */
export function serveSocket(
  socket: ParlorSocket,
  { address, person, offered, makeKnown }: Arrival,
  { services, limits, events, fanOut, log }: SocketServices,
): Dispatch {
  const connection = socketConnection(socket, (reason) => log('connection_dropped', { reason, socket: socket.id }))
  const joinDeadline = setTimeout(() => close('never_joined'), limits.joinMs)
  const entered = new Set<RoomId>()
  const caller: Caller = {
    connection,
    address,
    person,
    knowsDirects: false,
    offered,
    entered(roomId) {
      clearTimeout(joinDeadline)
      entered.add(roomId)
      makeKnown()
      if (!socket.connected) leaveBehind(roomId)
    },
  }

  function leaveBehind(roomId: RoomId) {
    if (caller.person) services.rooms.lose(roomId, caller.person.memberId, connection)
  }

  function close(reason: string) {
    if (reason === 'slow_reader') {
      connection.drop(reason)
      return
    }
    log('connection_closed', { reason, socket: socket.id })
    socket.disconnect(true)
  }

  const dispatch = createDispatch({
    caller,
    services,
    events,
    isIn: (roomId) => entered.has(roomId as RoomId),
    refusals: createRefusalCount({
      rate: { burst: limits.refusalsPerSecond, perSecond: limits.refusalsPerSecond },
      inARow: limits.refusalsInARow,
    }),
    hold: () => fanOut.hold(connection),
    isGone: () => !socket.connected,
    isOverfull: () => connection.queuedBytes() > limits.sendQueueBytes,
    taken: () => connection.taken(mostUnread),
    close,
  })
  // Socket.IO never gets to emit what came off the wire: no name of its own can be forged.
  socket.use((event) => dispatch.receive(event))
  socket.on('disconnect', () => {
    clearTimeout(joinDeadline)
    for (const roomId of entered) leaveBehind(roomId)
    services.files.left(connection)
    // Socket.IO would keep the connection open for a namespace that nobody can come back to.
    socket.conn.close()
  })
  return dispatch
}
