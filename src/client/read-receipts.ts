import type { Ask } from './ask'
import { pause } from './pause'
import type { OpenRoom } from './room'
import { createTurns } from './turns'
import type { Link } from './transport/link'

const intervalMs = 1_000
const longestWaitMs = 60_000

export interface ReadReceipts {
  /** `hidden` keeps it from the others from now on; left out, it is as it was. */
  mark: (room: OpenRoom, hidden?: boolean) => void
  /** Tells what could not be told before. */
  resume: (room: OpenRoom) => void
}

export interface ReadReceiptsOptions {
  ask: Ask
  liveLink: (room: OpenRoom) => Link | undefined
  report: (error: unknown) => void
}

interface Mark {
  seq: number
  hidden?: boolean
}

/** Tells servers how far this person has read: once a second at most, the newest only, and later when they are away. */
export function createReadReceipts({ ask, liveLink, report }: ReadReceiptsOptions): ReadReceipts {
  const wanted = new WeakMap<OpenRoom, Mark>()
  const told = new WeakMap<OpenRoom, Mark>()
  const running = new WeakSet<OpenRoom>()
  const inTurn = createTurns<Link>()

  function run(room: OpenRoom) {
    if (running.has(room) || !wanted.has(room)) return
    running.add(room)
    tellAll(room)
      .catch(report)
      .finally(() => running.delete(room))
  }

  async function tellAll(room: OpenRoom) {
    for (let link = liveLink(room); link && wanted.has(room) && !room.isRetired(); link = liveLink(room)) {
      await pause(await inTurn(link, () => tellNewest(room, link)), link.ended)
    }
  }

  /** Answers how long to wait before there is more to say. */
  async function tellNewest(room: OpenRoom, link: Link): Promise<number> {
    const mark = wanted.get(room)
    if (!mark) return 0
    const reply = await ask(link, 'mark_read', { roomId: room.roomId, ...mark })
    // Others wait for this turn too: the limit is the person's.
    if (!reply.ok && reply.error.code === 'rate_limited') {
      await pause(Math.min(reply.error.retryAfterMs ?? intervalMs, longestWaitMs), link.ended)
      return intervalMs
    }
    const isUnknown = !reply.ok && (reply.error.code === 'offline' || reply.error.code === 'timed_out')
    if (!isUnknown) {
      told.set(room, mark)
      if (wanted.get(room) === mark) wanted.delete(room)
    }
    return intervalMs
  }

  return {
    mark(room, hidden) {
      const last = wanted.get(room) ?? told.get(room)
      const seq = room.snapshot().readSeq
      const isHidden = hidden ?? last?.hidden
      if (seq === 0 || (last && last.seq >= seq && last.hidden === isHidden)) return
      wanted.set(room, { seq, ...(isHidden !== undefined && { hidden: isHidden }) })
      run(room)
    },
    resume: run,
  }
}
