import type { OpenRoom } from './room'
import type { Saved } from './saved'

const delayMs = 1_000

export interface ReadMarks {
  keepSoon: (room: OpenRoom) => void
  flush: () => void
}

/** Keeps how far people have read, not at every scroll. The worst a lost one does is show something as unread again. */
export function createReadMarks(saved: Saved): ReadMarks {
  const moved = new Set<OpenRoom>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    moved.forEach((room) => saved.keepReadSeq(room.key, room.snapshot().readSeq))
    moved.clear()
  }

  return {
    flush,
    keepSoon(room) {
      moved.add(room)
      timer ??= setTimeout(flush, delayMs)
    },
  }
}
