import type { Ask } from '../ask'
import type { RoomCalls } from '../door'
import type { Saved } from '../saved'
import { done, type Answering } from './answering'

export interface HostingOptions {
  ask: Ask
  saved: Saved
}

/** What only a room's host is allowed; the server decides who that is. */
export function createHosting({ online }: Answering, { ask, saved }: HostingOptions): Pick<RoomCalls, 'changeRoom'> {
  return {
    changeRoom: online(async (room, link, { key: _, ...wanted }) => {
      const reply = await ask(link, 'change_room', { roomId: room.roomId, ...wanted })
      if (!reply.ok) return reply
      room.change(reply.value.room)
      saved.keepRoom(room.toSave())
      return done
    }),
  }
}
