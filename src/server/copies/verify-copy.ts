import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { firstColumn } from '../store/sqlite/database'
import { isCorrupt } from '../store/sqlite/inspection'
import { checkRows, countRooms, storedFiles, type Rows, type StoredFile } from './check-rows'
import { CopyError } from './copy-error'
import { blobAt, openCopy, type OpenCopy } from './open-copy'

export interface Verdict extends Rows {
  rooms: number
  /** What SQLite says of the file itself; empty when it is sound. */
  faults: readonly string[]
  files: number
  missingFiles: number
  damagedFiles: number
  /** Whether it is a folder, and so has the bytes of its files too. */
  holdsFiles: boolean
  hasKey: boolean
}

/** Reads all of a backup or a data folder, as it was at one moment, and changes nothing. */
export async function verifyCopy(path: string, otherKeys: readonly string[] = []): Promise<Verdict> {
  const copy = await openCopy(path, otherKeys)
  try {
    copy.database.exec('begin')
    return { ...verdictOnDatabase(copy), ...verdictOnFiles(copy) }
  } catch (error) {
    throw isCorrupt(error) ? new CopyError('unsound', path, { cause: error }) : error
  } finally {
    copy.database.close()
  }
}

/** Whether every room and message of it can be put in place; files may be missing. */
export const isSound = ({ faults, damaged, missing, hasKey }: Omit<Verdict, 'files'>): boolean =>
  faults.length === 0 && damaged === 0 && missing === 0 && hasKey

export const isComplete = (verdict: Verdict): boolean =>
  isSound(verdict) && verdict.missingFiles === 0 && verdict.damagedFiles === 0

function verdictOnDatabase({ database, key }: OpenCopy) {
  const faults = firstColumn(database, 'pragma integrity_check(10)')
    .map(String)
    .filter((fault) => fault !== 'ok')
  const rows = checkRows(database, key)
  return { faults, ...rows, rooms: countRooms(database), hasKey: key !== undefined || rows.messages === 0 }
}

function verdictOnFiles({ database, dir }: OpenCopy) {
  const stored = storedFiles(database)
  const states = dir === undefined ? [] : stored.map((file) => stateOf(file, blobAt(dir, file.sha256)))
  return {
    files: stored.length,
    missingFiles: states.filter((state) => state === 'missing').length,
    damagedFiles: states.filter((state) => state === 'damaged').length,
    holdsFiles: dir !== undefined,
  }
}

function stateOf({ sha256, size }: StoredFile, path: string): 'whole' | 'missing' | 'damaged' {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return 'missing'
  return entry.size === size && hashOf(path) === sha256 ? 'whole' : 'damaged'
}

function hashOf(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const read = readSync(file, piece)
      if (read === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, read))
    }
  } finally {
    closeSync(file)
  }
}
