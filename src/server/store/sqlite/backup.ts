import { existsSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../../start-error'
import { backupName, backupsIn, type BackupKind } from './backup-names'
import { carryKey } from './carried-key'
import { firstValue, type DatabaseSync } from './database'
import { makePrivateDir, makePrivateFile, readKey, syncDir, type DataFiles } from './data-files'

const keptBackups = 7
const quickBytes = 32 * 1024 * 1024
// SQLite's own files beside an unfinished copy are named after it.
const partialSuffix = '.partial'

/** A consistent copy that carries its key, seen under its name only when whole. */
export async function backUp(
  database: DatabaseSync,
  { backups: dir, key }: Pick<DataFiles, 'backups' | 'key'>,
  { kind, now, freeBytes = freeBytesAt }: { kind: BackupKind; now: number; freeBytes?: (dir: string) => number },
): Promise<void> {
  makePrivateDir(dir)
  requireSpace(database, freeBytes(dir))
  const name = backupName(kind, now)
  const partial = join(dir, `${name}${partialSuffix}`)
  try {
    await copyWithKey(database, partial, readKey(key))
    renameSync(partial, join(dir, name))
    syncDir(dir)
  } catch (error) {
    removePartials(dir)
    throw error
  }

  for (const old of backupsIn(dir, kind, now).slice(0, -keptBackups)) rmSync(join(dir, old.name))
}

/** A database of its own in a new file: all that is committed, without a log, and with the key to its rows. */
export async function copyWithKey(database: DatabaseSync, to: string, key: Uint8Array | undefined): Promise<void> {
  makePrivateFile(to)
  database.prepare('vacuum into ?').run(to)
  if (key) await carryKey(to, key)
}

/** What a backup left that failed or was cut short: it fills the disk, and keeps what was deleted since. */
export function removePartials(dir: string): void {
  if (!existsSync(dir)) return
  const partials = readdirSync(dir).filter((name) => name.startsWith('parlor-') && name.includes(partialSuffix))
  for (const name of partials) rmSync(join(dir, name), { force: true })
}

/** When the last of a kind was made, in epoch milliseconds; 0 when there is none. */
export const lastBackupAt = (dir: string, kind: BackupKind, now: number): number =>
  backupsIn(dir, kind, now).findLast(({ at }) => at <= now)?.at ?? 0

/** Small enough to be copied while somebody waits for the server to end. */
export const isQuickToCopy = (database: DatabaseSync): boolean => sizeOf(database) <= quickBytes

/** For the copy, and as much again for what is said meanwhile: a backup must not be what fills the disk. */
function requireSpace(database: DatabaseSync, freeBytes: number): void {
  if (freeBytes < 2 * sizeOf(database)) throw new StartError('data_full', { cause: new Error('no room for a backup') })
}

const sizeOf = (database: DatabaseSync): number =>
  Number(firstValue(database, 'pragma page_count')) * Number(firstValue(database, 'pragma page_size'))

export function freeBytesAt(dir: string): number {
  const { bavail, bsize, blocks } = statfsSync(dir)
  // Some network disks do not say.
  return blocks === 0 ? Infinity : bavail * bsize
}
