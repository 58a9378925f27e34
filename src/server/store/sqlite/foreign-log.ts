import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeAside, moveAside } from './aside'

// https://sqlite.org/fileformat2.html: the file format write version, 1 until a database first has a write-ahead log.
const writeVersionAt = 18
const withoutLog = 1

const logOf = (database: string): string[] => [`${database}-wal`, `${database}-shm`]

/**
 * Whether the write-ahead log beside a database is another's. A backup never had a log; SQLite would apply whatever it
 * finds beside it, and so make rubbish of a backup that somebody copied over a database after a crash.
 */
export function hasForeignLog(database: string): boolean {
  const [log = ''] = logOf(database)
  if (!existsSync(log) || statSync(log).size === 0) return false
  const header = Buffer.alloc(writeVersionAt + 1)
  const file = openSync(database, 'r')
  try {
    return readSync(file, header, 0, header.length, 0) === header.length && header[writeVersionAt] === withoutLog
  } finally {
    closeSync(file)
  }
}

export function setForeignLogAside(database: string, now: number): void {
  if (existsSync(database) && hasForeignLog(database)) moveAside(logOf(database), makeAside(dirname(database), now))
}
