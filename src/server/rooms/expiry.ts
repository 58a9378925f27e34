import type { RunningTime } from '../clock/server-time'
import type { Files } from '../files/open-files'
import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Rooms } from './rooms'

export interface Expiry {
  stop: () => Promise<void>
}

const longestPauseMs = 60_000
const shortestPauseMs = 50
/** Between two of many small deletions, for those who are writing meanwhile. */
const breathMs = 50
/** How long a file is kept that no message takes. */
const keepUnsentMs = 86_400_000

export interface ExpiryOptions {
  store: Pick<Store, 'deleteExpired' | 'clearClosed' | 'deleteOldFiles' | 'keepTime'>
  files: Pick<Files, 'verifySome'>
  rooms: Pick<Rooms, 'close'>
  keepEmptyMs: number
  keepFilesMs: number
  time: RunningTime
  report: Report
}

/**
 * Lets go of the rooms and files whose time has run out, of what closed rooms have left behind and of bytes that the disk
 * has changed, again and again.
 */
export function startExpiry({ store, files, rooms, keepEmptyMs, keepFilesMs, time, report }: ExpiryOptions): Expiry {
  const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.min(keepEmptyMs, keepFilesMs) / 4))

  async function sweep(): Promise<number> {
    await store.keepTime(time.kept())
    for (const roomId of await store.deleteExpired(time.read(), keepEmptyMs)) rooms.close(roomId, 'expired')
    await store.deleteOldFiles({ passedMs: time.read().passedMs, keepUnsentMs, keepSentMs: keepFilesMs })
    await files.verifySome()
    return pauseMs
  }

  const clear = async (): Promise<number> => ((await store.clearClosed()) ? breathMs : pauseMs)

  const jobs = [sweep, clear].map((job) =>
    repeat(pauseMs, () =>
      job().catch((error: unknown) => {
        report(error, { during: 'expiry' })
        return pauseMs
      }),
    ),
  )
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()))
      await store.keepTime(time.kept()).catch((error: unknown) => report(error, { during: 'expiry' }))
    },
  }
}

/** Runs a job again and again; it says how long to wait for the next time. */
function repeat(firstMs: number, run: () => Promise<number>): Expiry {
  let running = Promise.resolve()
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  function next(afterMs: number) {
    if (isStopped) return
    timer = setTimeout(() => {
      running = run().then(next)
    }, afterMs)
  }

  next(firstMs)
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
      return running
    },
  }
}
