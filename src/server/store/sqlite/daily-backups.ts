import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createBackupAging } from './age-backups'
import { lastBackupAt } from './backup'
import { backupName } from './backup-names'
import { firstValue, openAsIs } from './database'
import { dataFiles } from './data-files'

const dayMs = 86_400_000
const firstLookMs = 10_000
const lookEveryMs = 60_000

export interface DailyBackupOptions {
  dataDir: string
  now: () => number
  elapsed?: () => number
  makeBackup: () => Promise<void>
  report: (error: unknown, context?: Record<string, unknown>) => void
}

export interface DailyBackups {
  /** The time of the backup that is due at the end of a run, which may have been too short for any other. */
  close: () => Promise<number | undefined>
}

/** A backup when the last is a day old and something has changed, also across restarts and of runs of a minute. */
export function startDailyBackups(options: DailyBackupOptions): DailyBackups {
  const { dataDir, now, elapsed = () => performance.now(), makeBackup, report } = options
  const aging = createBackupAging(dataFiles(dataDir).backups, { now, elapsed })
  let running = Promise.resolve()

  async function dueAt(): Promise<number | undefined> {
    const at = now()
    return (await isDue(dataDir, at)) ? at : undefined
  }
  async function reporting<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work()
    } catch (error) {
      report(error, { during: 'daily backup' })
      return undefined
    }
  }
  async function look(): Promise<void> {
    if ((await dueAt()) !== undefined) await makeBackup()
    aging.look()
  }
  const lookInTurn = () => void (running = running.then(() => reporting(look)))
  const first = setTimeout(lookInTurn, firstLookMs).unref()
  const timer = setInterval(lookInTurn, lookEveryMs).unref()
  return {
    async close() {
      clearTimeout(first)
      clearInterval(timer)
      await running
      return reporting(dueAt)
    },
  }
}

async function isDue(dataDir: string, at: number): Promise<boolean> {
  const { database, backups } = dataFiles(dataDir)
  const last = lastBackupAt(backups, 'daily', at)
  if (last === 0) return hasRooms(database)
  if (at - last < dayMs) return false
  const { mtimeMs } = statSync(join(backups, backupName('daily', last)))
  return [database, `${database}-wal`].some((path) => existsSync(path) && statSync(path).mtimeMs > mtimeMs)
}

/** The first backup of all waits until there is something to keep. */
async function hasRooms(path: string): Promise<boolean> {
  const database = await openAsIs(path, { readOnly: true })
  try {
    return firstValue(database, 'select 1 from rooms limit 1') !== null
  } finally {
    database.close()
  }
}
