import type { RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import type { Queued } from './queued'
import type { Saved } from './saved'

/** What other tabs of this browser did to an outbox that all of them keep in one place. */
export interface OtherTabs {
  /** The queue without what another tab took back or delivered, and as another tab edited it. */
  applied: (queue: readonly Queued[]) => readonly Queued[]
  /** To be called after each write of our own: what differs from then on is another tab's doing. */
  note: () => void
}

export function createOtherTabs(key: RoomKey, saved: Saved): OtherTabs {
  let seen = new Map<ClientKey, string>()
  const stored = () => new Map(saved.pending(key).map((queued) => [queued.clientKey, queued]))

  return {
    note() {
      seen = new Map([...stored()].map(([clientKey, queued]) => [clientKey, JSON.stringify(queued)]))
    },
    applied(queue) {
      const now = stored()
      if (now.size === 0 && saved.isEmptied(key)) return queue
      return queue.flatMap((queued) => {
        const before = seen.get(queued.clientKey)
        const kept = now.get(queued.clientKey)
        // Never kept here, or no longer since the server has it.
        if (before === undefined) return [queued]
        if (!kept) return []
        return [JSON.stringify(kept) === before ? queued : kept]
      })
    },
  }
}
