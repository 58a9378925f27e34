import type { ServerUrl } from '#shared/address'
import type { ClientErrorCode, RoomGoneReason, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import type { Blocks } from './blocks'
import type { DirectsSetting } from './directs-from'
import type { Tell } from './news'
import { createOutbox } from './outbox'
import { isChange } from './queued'
import { createOpenRoom, type OpenRoom } from './room'
import type { Saved } from './saved'
import type { SavedRoom } from './saved-entities'

export interface Rooms {
  all: () => readonly OpenRoom[]
  on: (server: ServerUrl) => readonly OpenRoom[]
  get: (key: RoomKey) => OpenRoom | undefined
  add: (room: SavedRoom) => OpenRoom
  /** The room is no longer ours. What was not delivered stays kept as failed, for when it is joined again. */
  remove: (room: OpenRoom, reason: RoomGoneReason) => void
}

export interface RoomsOptions {
  saved: Saved
  blocks: Blocks
  directsSetting: DirectsSetting
  tell: Tell
  forgetFiles: (fileIds: readonly FileId[]) => void
  report: (error: unknown) => void
}

/** The joined rooms, those of the last run first. */
export function createRooms({ saved, blocks, directsSetting, tell, forgetFiles, report }: RoomsOptions): Rooms {
  const rooms = new Map<RoomKey, OpenRoom>()

  function add(start: SavedRoom): OpenRoom {
    const openOutbox = (key: RoomKey) => createOutbox(key, { saved, forgetFiles, report })
    const room = createOpenRoom(start, { openOutbox, blocks, directsSetting, tell })
    rooms.set(room.key, room)
    return room
  }
  saved.rooms().forEach(add)

  return {
    add,
    all: () => [...rooms.values()],
    on: (server) => [...rooms.values()].filter((room) => room.server === server),
    get: (key) => rooms.get(key),
    remove(room, reason) {
      if (rooms.get(room.key) !== room) return
      rooms.delete(room.key)
      saved.forgetRoom(room.key)
      room.unplug()
      // What was written can still be copied; changes of what no longer exists are of no use.
      if (isOver(reason)) room.outbox.discard(isChange)
      room.outbox.failAll(failure(reason))
      room.tellPending()
      tell({ kind: 'room_gone', key: room.key, reason })
      room.retire()
      if (isOver(reason) && room.outbox.isEmpty()) {
        saved.forgetRecent(room.key)
        tell({ kind: 'recent', recent: saved.recent() })
      }
    },
  }
}

const isOver = (reason: RoomGoneReason) => reason === 'closed_by_host' || reason === 'expired'
const failure = (reason: RoomGoneReason): ClientErrorCode =>
  isOver(reason) || reason === 'not_found' ? 'room_not_found' : 'not_a_member'
