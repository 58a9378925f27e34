import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const keyBytes = 32

export interface DataFiles {
  database: string
  /** What message rows are sealed with. */
  key: string
  lock: string
  backups: string
}

export const dataFiles = (dataDir: string): DataFiles => ({
  database: join(dataDir, 'parlor.db'),
  key: join(dataDir, 'parlor.key'),
  lock: join(dataDir, 'parlor.lock'),
  backups: join(dataDir, 'backups'),
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
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, key)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  syncDir(join(path, '..'))
  return key
}

function syncDir(path: string): void {
  // Windows has no such thing as syncing a directory.
  if (process.platform === 'win32') return
  const dir = openSync(path, 'r')
  try {
    fsyncSync(dir)
  } finally {
    closeSync(dir)
  }
}
