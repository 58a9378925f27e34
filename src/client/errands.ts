import type { ServerUrl } from '#shared/address'
import type { RoomId } from '#shared/protocol/ids'
import type { Ask } from './ask'
import type { OpenRoom } from './room'
import type { Saved } from './saved'
import { roomKey } from './saved-entities'
import type { Rooms } from './rooms'
import type { Link } from './transport/link'

export interface Errands {
  pendingOn: (server: ServerUrl) => boolean
  servers: () => readonly ServerUrl[]
  isLeaving: (server: ServerUrl, roomId: RoomId) => boolean
  addLeave: (room: OpenRoom) => void
  cancelLeave: (room: OpenRoom) => void
  /** Tells the server which rooms were left while it could not hear. */
  run: (server: ServerUrl, link: Link) => Promise<void>
}

/** What remains to be told to a server after a person has moved on: that they have left a room. */
export function createErrands(options: { saved: Saved; rooms: Rooms; ask: Ask; now: () => number }): Errands {
  const { saved, rooms, ask, now } = options
  const pending = (server: ServerUrl) => saved.leaves(now()).filter((leave) => leave.server === server)

  return {
    pendingOn: (server) => pending(server).length > 0,
    servers: () => [...new Set(saved.leaves(now()).map(({ server }) => server))],
    isLeaving: (server, roomId) => pending(server).some((leave) => leave.roomId === roomId),
    addLeave: ({ server, roomId }) => saved.keepLeave({ server, roomId, at: now() }),
    cancelLeave: ({ server, roomId }) => saved.forgetLeave(server, roomId),
    async run(server, link) {
      for (const { roomId } of pending(server)) {
        if (rooms.get(roomKey(server, roomId))) continue
        const reply = await ask(link, 'leave_room', { roomId })
        if (reply.ok || isSettled.has(reply.error.code)) saved.forgetLeave(server, roomId)
      }
    },
  }
}

const isSettled: ReadonlySet<string> = new Set(['room_not_found', 'not_a_member', 'invalid_request', 'forbidden'])
