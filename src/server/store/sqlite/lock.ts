import { StartError } from '../../start-error'
import { isBusy, openAsIs } from './database'
import { makePrivateFile } from './data-files'

const waitMs = 1_000

export interface Lock {
  release: () => void
}

/**
 * One writer per data directory. The operating system holds the lock, through SQLite, so it goes with the process
 * that held it, however that ended.
 */
export async function lockDataDir(path: string): Promise<Lock> {
  makePrivateFile(path)
  const lock = await openAsIs(path, { readOnly: false, waitMs })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw isBusy(cause) ? new StartError('data_in_use', { cause }) : cause
  }
  return { release: () => lock.close() }
}
