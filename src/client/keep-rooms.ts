import type { OpenRoom } from './room'
import type { Saved } from './saved'

const delayMs = 1_000

export interface KeepRooms {
  keepSoon: (room: OpenRoom) => void
  flush: () => void
}

/** Keeps what a room is called, not at every change of it: each costs the disk a write, and a server can send thousands. */
export function createKeepRooms(saved: Saved): KeepRooms {
  const changed = new Set<OpenRoom>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    for (const room of changed) if (!room.isRetired()) saved.keepRoom(room.toSave())
    changed.clear()
  }

  return {
    flush,
    keepSoon(room) {
      changed.add(room)
      timer ??= setTimeout(flush, delayMs)
    },
  }
}
