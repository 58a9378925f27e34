import type { RoomGoneReason } from '#shared/bridge'
import type { Ask } from '../ask'
import type { RoomCalls } from '../door'
import type { OpenRoom } from '../room'
import type { Saved } from '../saved'
import { done, type Answering } from './answering'

export interface HostingOptions {
  ask: Ask
  saved: Saved
  onGone: (room: OpenRoom, reason: RoomGoneReason) => void
}

/** What only a room's host is allowed; the server decides who that is. */
export function createHosting(
  { online }: Answering,
  { ask, saved, onGone }: HostingOptions,
): Pick<RoomCalls, 'closeRoom' | 'changeRoom'> {
  return {
    closeRoom: online(async (room, link) => {
      const reply = await ask(link, 'close_room', { roomId: room.roomId })
      if (!reply.ok) return reply
      onGone(room, 'closed_by_host')
      return done
    }),
    changeRoom: online(async (room, link, { key: _, ...wanted }) => {
      const reply = await ask(link, 'change_room', { roomId: room.roomId, ...wanted })
      if (!reply.ok) return reply
      room.change(reply.value.room)
      saved.keepRoom(room.toSave())
      return done
    }),
  }
}
