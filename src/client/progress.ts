import type { FileId } from '#shared/protocol/ids'
import type { OpenRoom } from './room'

const tellEveryMs = 200

export interface Progress {
  /** So much of a file is sent: told soon, together with what else moves in the meantime. */
  note: (room: OpenRoom, fileId: FileId, sent: number) => void
  /** What it was is no longer told. */
  forget: (room: OpenRoom, fileId: FileId) => void
  close: () => void
}

export function createProgress(): Progress {
  const moved = new Map<OpenRoom, Map<FileId, number>>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell() {
    timer = undefined
    for (const [room, files] of moved) {
      files.forEach((sent, fileId) => room.outbox.files.show(fileId, { sent }))
      room.tellPending()
    }
    moved.clear()
  }

  return {
    note(room, fileId, sent) {
      moved.set(room, (moved.get(room) ?? new Map<FileId, number>()).set(fileId, sent))
      timer ??= setTimeout(tell, tellEveryMs)
    },
    forget: (room, fileId) => void moved.get(room)?.delete(fileId),
    close() {
      clearTimeout(timer)
      moved.clear()
    },
  }
}
