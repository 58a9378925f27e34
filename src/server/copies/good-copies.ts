import { join } from 'node:path'
import { allBackupsIn, backupOf } from '../store/sqlite/backup-names'
import { dataFiles } from '../store/sqlite/data-files'
import { CopyError } from './copy-error'
import { restoreCopy } from './restore-copy'
import { isSound, verifyCopy } from './verify-copy'

const mostCopies = 5
const longestMs = 15_000

export interface GoodCopy {
  name: string
  /** Epoch milliseconds. */
  madeAt: number
}

/** The newest backups a folder could go on from, each of them read to the end. Damage was seen by then. */
export async function goodCopies(dataDir: string, elapsed: () => number = () => performance.now()) {
  const { backups, key } = dataFiles(dataDir)
  const good: GoodCopy[] = []
  const start = elapsed()
  for (const { name, at } of allBackupsIn(backups).toReversed()) {
    if (good.length === mostCopies || (good.length > 0 && elapsed() - start > longestMs)) break
    if (await isGood(join(backups, name), key)) good.push({ name, madeAt: at })
  }
  return good
}

export async function restoreGoodCopy(dataDir: string, name: string, now: number): Promise<void> {
  const { backups } = dataFiles(dataDir)
  // A name comes from the window: only one of a backup may become a path.
  if (backupOf(name) === undefined) throw new CopyError('not_found', backups)
  await restoreCopy(join(backups, name), dataDir, now)
}

async function isGood(path: string, key: string): Promise<boolean> {
  try {
    return isSound(await verifyCopy(path, [key]))
  } catch (error) {
    if (error instanceof CopyError) return false
    throw error
  }
}
