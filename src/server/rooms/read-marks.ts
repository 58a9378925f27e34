import type { ReadMark } from '#shared/protocol/entities'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Report } from '../server-options'
import type { Standing, Store } from '../store/store'

/** How far people have read: told soon, stored a little later. A crash may lose the last second of it. */
export interface ReadMarks {
  mark: (
    mark: Seat & { seq: number; hidden: boolean | undefined; standing: Omit<Standing, 'lastSeq' | 'blockers'> },
  ) => void
  /** What the store says for somebody who comes in, with what it does not know yet. */
  withUnsaved: (reader: Seat, stored: readonly ReadMark[]) => ReadMark[]
  /** Stores what is not stored yet. */
  stop: () => Promise<void>
}

type Seat = { roomId: RoomId; memberId: MemberId }
/** `isPublic`: for everybody in the room, or for its reader alone. */
export type Mark = Seat & { seq: number; isPublic: boolean }

export interface ReadMarksOptions {
  windowMs: number
  saveMs: number
  tell: (mark: Mark) => void
  save: Store['saveReads']
  report: Report
}

export function createReadMarks({ windowMs, saveMs, tell, save, report }: ReadMarksOptions): ReadMarks {
  const untold = new Map<string, Mark>()
  const unsaved = new Map<string, Mark>()
  const switched = new Map<MemberId, boolean>()
  let telling: NodeJS.Timeout | undefined
  let saving: NodeJS.Timeout | undefined

  function tellAll() {
    telling = undefined
    for (const mark of untold.values()) tell(mark)
    untold.clear()
  }

  async function saveAll() {
    saving = undefined
    const marks = [...unsaved]
    const hides = [...switched]
    try {
      await save({
        marks: marks.map(([, mark]) => mark),
        hides: hides.map(([memberId, hidden]) => ({ memberId, hidden })),
      })
    } catch (error) {
      // A full disk: they go with the next.
      if (!(error instanceof Refusal)) report(error, { during: 'saving read marks' })
      return
    }
    for (const [key, mark] of marks) if (unsaved.get(key) === mark) unsaved.delete(key)
    for (const [memberId, hidden] of hides) if (switched.get(memberId) === hidden) switched.delete(memberId)
  }

  return {
    mark({ roomId, memberId, seq, hidden, standing }) {
      const key = `${roomId} ${memberId}`
      const wasHidden = switched.get(memberId) ?? standing.hidesReads
      const isHidden = hidden ?? wasHidden
      if (isHidden !== wasHidden) switched.set(memberId, isHidden)

      const known = Math.max(standing.readSeq, unsaved.get(key)?.seq ?? 0)
      if (seq <= known && isHidden === wasHidden) return
      const mark = { roomId, memberId, seq: Math.max(seq, known), isPublic: standing.tellsReads && !isHidden }
      untold.set(key, mark)
      unsaved.set(key, mark)
      telling ??= setTimeout(tellAll, windowMs)
      saving ??= setTimeout(() => void saveAll(), saveMs)
    },
    withUnsaved({ roomId, memberId: reader }, stored) {
      const marks = new Map(stored.map((mark) => [mark.memberId, mark]))
      for (const { roomId: room, memberId, seq, isPublic } of unsaved.values()) {
        if (room !== roomId) continue
        if (isPublic || memberId === reader) marks.set(memberId, { memberId, seq })
        else marks.delete(memberId)
      }
      return [...marks.values()]
    },
    async stop() {
      clearTimeout(telling)
      clearTimeout(saving)
      if (unsaved.size > 0 || switched.size > 0) await saveAll()
    },
  }
}
