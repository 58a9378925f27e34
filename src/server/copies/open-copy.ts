import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { carriedKey } from '../store/sqlite/carried-key'
import { openAsIs, openStill, type DatabaseSync } from '../store/sqlite/database'
import { dataFiles, isEmptyFile, readKey } from '../store/sqlite/data-files'
import { hasForeignLog } from '../store/sqlite/foreign-log'
import { isCorrupt } from '../store/sqlite/inspection'
import { newestIsIntact } from './check-rows'
import { CopyError } from './copy-error'

export interface OpenCopy {
  database: DatabaseSync
  key: Uint8Array | undefined
  /** The folder whose `files/` belong to it; undefined for a database alone. */
  dir: string | undefined
}

/** Opens a backup or a data folder for reading and leaves it as it is. `otherKeys` are files that may hold its key. */
export async function openCopy(path: string, otherKeys: readonly string[] = []): Promise<OpenCopy> {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) throw new CopyError('not_found', path)
  const dir = entry.isDirectory() ? path : undefined
  const file = dir === undefined ? path : dataFiles(dir).database
  if (isEmptyFile(file) || !statSync(file).isFile()) throw new CopyError('not_a_copy', path)

  const database = await openReading(file)
  try {
    requireParlors(database, path)
    const beside = [dirname(file), dirname(dirname(file))].map((folder) => dataFiles(folder).key)
    return { database, dir, key: keyOf(database, [...beside, ...otherKeys]) }
  } catch (error) {
    database.close()
    throw isCorrupt(error) ? new CopyError('unsound', path, { cause: error }) : error
  }
}

/** A log that belongs to it is read along: the server may be running, or have been killed. */
const openReading = (file: string): Promise<DatabaseSync> =>
  hasForeignLog(file) ? openStill(file) : openAsIs(file, { readOnly: true, waitMs: 5_000 })

function requireParlors(database: DatabaseSync, path: string): void {
  const tables = database.prepare("select name from sqlite_master where name = 'kysely_migration'").all()
  if (tables.length === 0) throw new CopyError('not_a_copy', path)
}

/** Backups of earlier versions carry none: theirs is the key of the folder in which they were made. */
function keyOf(database: DatabaseSync, files: readonly string[]): Uint8Array | undefined {
  const carried = carriedKey(database)
  if (carried) return carried
  const known = files.flatMap((file) => readKey(file) ?? [])
  return known.find((key) => newestIsIntact(database, key)) ?? known[0]
}

export const blobAt = (dir: string, sha256: string): string =>
  join(dataFiles(dir).files, 'blobs', sha256.slice(0, 2), sha256)
