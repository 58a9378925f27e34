import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

const keyBytes = 32

export interface DataFiles {
  database: string
  /** What message rows are sealed with. */
  key: string
  lock: string
  backups: string
  files: string
}

export const dataFiles = (dataDir: string): DataFiles => ({
  database: join(dataDir, 'parlor.db'),
  key: join(dataDir, 'parlor.key'),
  lock: join(dataDir, 'parlor.lock'),
  backups: join(dataDir, 'backups'),
  files: join(dataDir, 'files'),
})

export function makePrivateDir(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}

/** SQLite gives its files the mode of the database, so that one is made first. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

export const isEmptyFile = (path: string): boolean => !existsSync(path) || statSync(path).size === 0

export function readKey(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined
  const key = readFileSync(path)
  return key.length === keyBytes ? key : undefined
}

/** On disk before the first row is sealed with it. */
export function makeKey(path: string): Uint8Array {
  const key = randomBytes(keyBytes)
  keepKey(path, key)
  return key
}

/** Whole or not at all: half a key is none, and every row would be damaged. */
export function keepKey(path: string, key: Uint8Array): void {
  const partial = `${path}.partial`
  const file = openSync(partial, 'w', 0o600)
  try {
    writeSync(file, key)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(partial, path)
  syncDir(dirname(path))
}

export function syncDir(path: string): void {
  // Windows has no such thing as syncing a directory.
  if (process.platform !== 'win32') sync(path, 'r')
}

export const syncFile = (path: string): void => sync(path, 'r+')

function sync(path: string, flags: string): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
