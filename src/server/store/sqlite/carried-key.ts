import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeAside, moveAside } from './aside'
import { openAsIs, type DatabaseSync } from './database'
import { keepKey, readKey } from './data-files'

// A table, so that a backup is one file: a key beside it is forgotten by whoever copies it somewhere.
const table = 'parlor_key'

/** Puts the key into a copy. It shows damage and keeps no secret: who has the copy has its messages anyway. */
export async function carryKey(copy: string, key: Uint8Array): Promise<void> {
  const database = await openAsIs(copy, { readOnly: false })
  try {
    database.exec(`drop table if exists ${table}; create table ${table} (key blob not null)`)
    database.prepare(`insert into ${table} (key) values (?)`).run(key)
  } finally {
    database.close()
  }
}

export function carriedKey(database: DatabaseSync): Uint8Array | undefined {
  const isThere = database.prepare('select 1 from sqlite_master where name = ?').all(table).length > 0
  const [row] = isThere ? database.prepare(`select key from ${table}`).all() : []
  return row?.['key'] instanceof Uint8Array ? row['key'] : undefined
}

/** A database that brings its key is a backup put in place: from here on its key is the folder's. */
export function adoptKey(database: DatabaseSync, path: string, now: number): void {
  const carried = carriedKey(database)
  if (!carried) return
  const known = readKey(path)
  if (!known || Buffer.compare(known, carried) !== 0) {
    if (existsSync(path)) moveAside([path], makeAside(dirname(path), now))
    keepKey(path, carried)
  }
  database.exec(`drop table ${table}`)
}
