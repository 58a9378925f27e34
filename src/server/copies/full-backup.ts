import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, linkOrCopy, stampOf } from '../store/sqlite/aside'
import { copyWithKey } from '../store/sqlite/backup'
import { dataFiles, isEmptyFile, keepKey, makePrivateDir, syncDir } from '../store/sqlite/data-files'
import { storedFiles } from './check-rows'
import { CopyError } from './copy-error'
import { blobAt, openCopy, type OpenCopy } from './open-copy'

const unfinished = '.unfinished'
const abandonedMs = 86_400_000

/**
 * A data folder of its own with all there is at one moment: rooms and messages, their key, and every file. It may be
 * made while a server uses the folder. Without `to` it is among the folder's own backups.
 */
export async function makeFullBackup({ dataDir, to, now }: { dataDir: string; to?: string; now: number }) {
  const { database, backups } = dataFiles(dataDir)
  if (isEmptyFile(database)) throw new CopyError('no_data', dataDir)
  const parent = to ?? backups
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  removeAbandoned(parent, now)
  const path = join(parent, `parlor-${stampOf(now)}`)
  if (existsSync(path)) throw new CopyError('exists', path)

  const copy = await openCopy(dataDir)
  const partial = `${path}${unfinished}`
  try {
    const missingFiles = await fill(partial, copy, dataDir)
    renameSync(partial, path)
    syncDir(parent)
    return { path, missingFiles }
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    throw error
  } finally {
    copy.database.close()
  }
}

async function fill(to: string, { database, key }: OpenCopy, dataDir: string): Promise<number> {
  makePrivateDir(to)
  const take = (sha256: string) => isTaken(blobAt(dataDir, sha256), blobAt(to, sha256))
  // Before the rows and after them: a file that is deleted in between is of a message that is in the copy.
  for (const { sha256 } of storedFiles(database)) take(sha256)
  const files = dataFiles(to)
  await copyWithKey(database, files.database, key)
  if (key) keepKey(files.key, key)

  const made = await openCopy(to)
  const wanted = storedFiles(made.database).map(({ sha256 }) => sha256)
  made.database.close()
  const missing = wanted.filter((sha256) => !take(sha256)).length
  removeOthers(to, new Set(wanted))
  return missing
}

function isTaken(from: string, to: string): boolean {
  try {
    linkOrCopy(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return existsSync(to)
    throw error
  }
}

/** What was deleted before the rows were copied. */
function removeOthers(dir: string, wanted: ReadonlySet<string>): void {
  const blobs = join(dataFiles(dir).files, 'blobs')
  if (!existsSync(blobs)) return
  for (const folder of readdirSync(blobs))
    for (const name of readdirSync(join(blobs, folder))) if (!wanted.has(name)) rmSync(join(blobs, folder, name))
}

/** Of a run that was killed; a day is longer than any takes. */
function removeAbandoned(parent: string, now: number): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith('parlor-') || !name.endsWith(unfinished)) continue
    const path = join(parent, name)
    if (now - statSync(path).mtimeMs > abandonedMs) rmSync(path, { recursive: true, force: true })
  }
}
