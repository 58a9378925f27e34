import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError, type StartErrorCode } from '../../start-error'
import { freeBytesAt } from './backup'
import { isBusy, resultCode, resultCodes } from './database'
import { isCorrupt } from './inspection'

/** What an empty database takes while it is made. */
const leastBytes = 1024 * 1024

const byErrno: Readonly<Record<string, StartErrorCode>> = {
  EACCES: 'data_forbidden',
  EPERM: 'data_forbidden',
  EROFS: 'data_read_only',
  ENOSPC: 'data_full',
  EDQUOT: 'data_full',
  ENOTDIR: 'data_not_a_folder',
  ELOOP: 'data_not_a_folder',
  ENAMETOOLONG: 'data_not_a_folder',
  EISDIR: 'data_blocked',
}

const byResultCode: Readonly<Record<number, StartErrorCode>> = {
  [resultCodes.permission]: 'data_forbidden',
  [resultCodes.readOnly]: 'data_read_only',
  [resultCodes.full]: 'data_full',
}

/** What an error says about the data folder; undefined for one that is a bug of ours. */
export function startErrorOf(error: unknown, dataDir: string): StartError | undefined {
  if (error instanceof StartError) return error
  const code = codeOf(error, dataDir)
  return code && new StartError(code, { cause: error })
}

function codeOf(error: unknown, dataDir: string): StartErrorCode | undefined {
  if (isCorrupt(error)) return 'data_damaged'
  if (isBusy(error)) return 'data_in_use'
  const result = resultCode(error)
  if (result !== undefined) return byResultCode[result] ?? (hasRoom(dataDir) ? 'data_unwritable' : 'data_full')
  if (!(error instanceof Error && 'syscall' in error)) return undefined
  return ('code' in error && byErrno[String(error.code)]) || 'data_unwritable'
}

// On a full disk SQLite says of some of its files only that they failed.
function hasRoom(dataDir: string): boolean {
  const dir = existsSync(dataDir) ? dataDir : dirname(dataDir)
  return !existsSync(dir) || freeBytesAt(dir) >= leastBytes
}
