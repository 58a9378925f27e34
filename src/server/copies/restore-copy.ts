import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { isCode, linkOrCopy, makeAside } from '../store/sqlite/aside'
import { copyWithKey } from '../store/sqlite/backup'
import { dataFiles, syncDir } from '../store/sqlite/data-files'
import { claimDataDir } from '../store/sqlite/data-folder'
import { lockDataDir } from '../store/sqlite/lock'
import { storedFiles } from './check-rows'
import { CopyError } from './copy-error'
import { blobAt, openCopy, type OpenCopy } from './open-copy'
import { isSound, verifyCopy, type Verdict } from './verify-copy'

export interface Restored {
  verdict: Verdict
  /** Where that is which was there before; undefined when there was nothing. */
  aside: string | undefined
  /** Contents of which neither the copy nor the folder has the bytes. */
  missingFiles: number
}

/**
 * Puts a sound copy in place of what a folder holds, and keeps that aside. A kill at any moment leaves either: all is
 * laid ready first, and one renaming of the database, which carries its key, is what counts.
 */
export async function restoreCopy(from: string, dataDir: string, now: number): Promise<Restored> {
  const files = dataFiles(dataDir)
  const verdict = await verifyCopy(from, [files.key])
  if (!verdict.hasKey) throw new CopyError('no_key', from)
  if (!isSound(verdict)) throw new CopyError('unsound', from)

  const folder = claimDataDir(dataDir)
  const lock = await lockDataDir(files.lock)
  const copy = await openCopy(from, [files.key])
  let aside: string | undefined
  let isDone = false
  try {
    const ready = `${files.database}.partial`
    rmSync(ready, { force: true })
    await copyWithKey(copy.database, ready, copy.key)
    const missingFiles = bringFiles(copy, dataDir)
    aside = keepAside(dataDir, now)
    renameSync(ready, files.database)
    isDone = true
    // From here on the old log is known for another's, so that a kill before it is gone does no harm.
    for (const old of besides(files.database)) rmSync(old, { force: true })
    syncDir(dataDir)
    lock.release()
    return { verdict, aside, missingFiles }
  } catch (error) {
    rmSync(`${files.database}.partial`, { force: true })
    if (aside !== undefined && !isDone) rmSync(aside, { recursive: true })
    const { last } = folder.undo()
    lock.release()
    last()
    throw error
  } finally {
    copy.database.close()
  }
}

function bringFiles({ database, dir }: OpenCopy, dataDir: string): number {
  const lacking = storedFiles(database).filter(({ sha256 }) => !existsSync(blobAt(dataDir, sha256)))
  return lacking.filter(({ sha256 }) => dir === undefined || !isBrought(blobAt(dir, sha256), blobAt(dataDir, sha256)))
    .length
}

function isBrought(from: string, to: string): boolean {
  try {
    linkOrCopy(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/**
 * Under two names until the old ones are given away. The next start removes files that no message knows, so all go, also
 * of a folder whose database is lost.
 */
function keepAside(dataDir: string, now: number): string | undefined {
  const { database, key, files } = dataFiles(dataDir)
  const kept = [database, ...besides(database), key].filter(existsSync)
  if (kept.length === 0) return undefined
  const aside = makeAside(dataDir, now)
  for (const path of kept) linkOrCopy(path, join(aside, basename(path)))
  for (const path of filesIn(join(files, 'blobs'))) linkOrCopy(path, join(aside, relative(dataDir, path)))
  syncDir(aside)
  syncDir(dirname(aside))
  return aside
}

const besides = (database: string): string[] => ['wal', 'shm', 'journal'].map((suffix) => `${database}-${suffix}`)

const filesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []
