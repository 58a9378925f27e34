import { existsSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../../start-error'
import { firstValue, type DatabaseSync } from './database'
import { makePrivateDir, makePrivateFile } from './data-files'

export const keptBackups = 7
export type BackupKind = 'daily' | 'before-migration'

interface Backup {
  name: string
  /** Epoch milliseconds by the clock of then, which may have been wrong. */
  at: number
}

const shape =
  /^parlor-(?<day>\d{4}-\d\d-\d\d)T(?<time>\d\d-\d\d-\d\d)-(?<ms>\d{3})Z-(?<kind>daily|before-migration)\.db$/
// SQLite's own files beside an unfinished copy are named after it.
const partialSuffix = '.partial'

/** A consistent copy, seen under its name only when whole. */
export function backUp(
  database: DatabaseSync,
  dir: string,
  { kind, now, freeBytes = freeBytesAt }: { kind: BackupKind; now: number; freeBytes?: (dir: string) => number },
): void {
  makePrivateDir(dir)
  requireSpace(database, freeBytes(dir))
  const name = `parlor-${new Date(now).toISOString().replace(/[:.]/g, '-')}-${kind}.db`
  const partial = join(dir, `${name}${partialSuffix}`)
  try {
    makePrivateFile(partial)
    database.prepare('vacuum into ?').run(partial)
    renameSync(partial, join(dir, name))
  } catch (error) {
    removePartials(dir)
    throw error
  }

  for (const old of backupsOf(dir, kind, now).slice(0, -keptBackups)) rmSync(join(dir, old.name))
}

/** What a backup left that failed or was cut short: it fills the disk, and keeps what was deleted since. */
export function removePartials(dir: string): void {
  if (!existsSync(dir)) return
  const partials = readdirSync(dir).filter((name) => name.startsWith('parlor-') && name.includes(partialSuffix))
  for (const name of partials) rmSync(join(dir, name), { force: true })
}

/** When the last of a kind was made, in epoch milliseconds; 0 when there is none. */
export function lastBackupAt(dir: string, kind: BackupKind, now: number): number {
  return backupsOf(dir, kind, now).findLast(({ at }) => at <= now)?.at ?? 0
}

/** In the order in which they may go: a name from the future says only that the clock was wrong once. */
function backupsOf(dir: string, kind: BackupKind, now: number): Backup[] {
  makePrivateDir(dir)
  const all = readdirSync(dir)
    .toSorted()
    .flatMap((name) => {
      const { day, time, ms, kind: ofKind } = shape.exec(name)?.groups ?? {}
      if (day === undefined || time === undefined || ofKind !== kind) return []
      return [{ name, at: Date.parse(`${day}T${time.replaceAll('-', ':')}.${ms}Z`) }]
    })
  return [...all.filter(({ at }) => at > now), ...all.filter(({ at }) => at <= now)]
}

/** For the copy, and as much again for what is said meanwhile: a backup must not be what fills the disk. */
function requireSpace(database: DatabaseSync, freeBytes: number): void {
  const size = Number(firstValue(database, 'pragma page_count')) * Number(firstValue(database, 'pragma page_size'))
  if (freeBytes < 2 * size) throw new StartError('data_unwritable', { cause: new Error('no room for a backup') })
}

function freeBytesAt(dir: string): number {
  const { bavail, bsize, blocks } = statfsSync(dir)
  // Some network disks do not say.
  return blocks === 0 ? Infinity : bavail * bsize
}
