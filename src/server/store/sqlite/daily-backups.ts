import { lastBackupAt } from './backup'
import { dataFiles } from './data-files'

const dayMs = 86_400_000
const lookEveryMs = 600_000

export interface DailyBackupOptions {
  dataDir: string
  now: () => number
  makeBackup: () => Promise<void>
  report: (error: unknown, context?: Record<string, unknown>) => void
}

/** A backup when the last is a day old, also across restarts of a desktop that never runs for a day. */
export function startDailyBackups({ dataDir, now, makeBackup, report }: DailyBackupOptions): {
  close: () => Promise<void>
} {
  let running = Promise.resolve()
  async function look(): Promise<void> {
    try {
      const at = now()
      if (at - lastBackupAt(dataFiles(dataDir).backups, 'daily', at) >= dayMs) await makeBackup()
    } catch (error) {
      report(error, { during: 'daily backup' })
    }
  }
  const timer = setInterval(() => {
    running = running.then(look)
  }, lookEveryMs)
  timer.unref()
  return {
    close: () => {
      clearInterval(timer)
      return running
    },
  }
}
