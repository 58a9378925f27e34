import type { Search, Store } from '../store'
import { valueOf } from './failure'
import type { WorkerThread } from './worker-thread'

export interface Searching {
  search: Store['search']
  close: () => Promise<void>
}

/** Searches in a thread that the rest of the store can do without: when it dies, the next search starts another. */
export function createSearching(
  start: (whenDead: (error: unknown) => void) => Promise<WorkerThread>,
  report: (error: unknown, context?: Record<string, unknown>) => void,
): Searching {
  let thread: Promise<WorkerThread> | undefined
  let isClosed = false

  function running(): Promise<WorkerThread> {
    if (isClosed) return Promise.reject(new Error('the store is closed'))
    const forget = () => {
      if (thread === mine) thread = undefined
    }
    const mine = (thread ??= start((error) => {
      report(error, { during: 'search' })
      forget()
    }))
    mine.catch(forget)
    return mine
  }

  return {
    // Field by field: what else a caller's object carries would be copied to the worker too, or could not be.
    async search({ memberId, query, roomId, before, lastHit, limit }: Search) {
      const input = { memberId, query, roomId, before, lastHit, limit }
      return valueOf(await (await running()).ask([{ name: 'search', input }])) as never
    },
    async close() {
      isClosed = true
      await thread?.then(
        (open) => open.close(),
        () => undefined,
      )
    },
  }
}
