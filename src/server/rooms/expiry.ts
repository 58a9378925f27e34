import type { Files } from '../files/open-files'
import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Rooms } from './rooms'

export interface Expiry {
  stop: () => Promise<void>
}

const longestPauseMs = 60_000
const shortestPauseMs = 50
/** How long a file is kept that no message takes. */
const keepUnsentMs = 86_400_000

/** Lets go of the rooms and files whose time has run out, and of the room for files that do not come, again and again. */
export function startExpiry(options: {
  store: Pick<Store, 'deleteExpired' | 'deleteOldFiles'>
  files: Pick<Files, 'releaseIdle'>
  rooms: Pick<Rooms, 'close'>
  keepEmptyMs: number
  keepFilesMs: number
  now: () => number
  report: Report
}): Expiry {
  const { store, files, rooms, keepEmptyMs, keepFilesMs, now, report } = options
  const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.min(keepEmptyMs, keepFilesMs) / 4))
  let sweeping = Promise.resolve()

  async function sweep() {
    try {
      for (const roomId of await store.deleteExpired(now(), keepEmptyMs)) rooms.close(roomId, 'expired')
      await store.deleteOldFiles({ addedBefore: now() - keepUnsentMs, postedBefore: Math.max(0, now() - keepFilesMs) })
      await files.releaseIdle()
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
