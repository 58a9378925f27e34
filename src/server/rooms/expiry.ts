import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Rooms } from './rooms'

export interface Expiry {
  stop: () => Promise<void>
}

const longestPauseMs = 60_000
const shortestPauseMs = 50

/** Deletes the rooms whose time has run out, again and again. */
export function startExpiry(options: {
  store: Pick<Store, 'deleteExpired'>
  rooms: Pick<Rooms, 'close'>
  keepEmptyMs: number
  now: () => number
  report: Report
}): Expiry {
  const { store, rooms, keepEmptyMs, now, report } = options
  const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, keepEmptyMs / 4))
  let sweeping = Promise.resolve()

  async function sweep() {
    try {
      for (const roomId of await store.deleteExpired(now(), keepEmptyMs)) rooms.close(roomId, 'expired')
    } catch (error) {
      report(error, { during: 'expiry' })
    }
  }

  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep)
  }, pauseMs)
  return {
    stop() {
      clearInterval(timer)
      return sweeping
    },
  }
}
