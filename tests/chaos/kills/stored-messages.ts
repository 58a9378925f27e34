import { createRequire } from 'node:module'
import type { SaidAt } from './check-history'

interface Database {
  prepare: (sql: string) => { all: () => unknown[] }
  close: () => void
}
type Sqlite = { DatabaseSync: new (file: string, options: { readOnly: boolean }) => Database }

/** Every message in a database file, read without the server and without writing. */
export function storedMessages(file: string): readonly SaidAt[] {
  const database = new (loadSqlite().DatabaseSync)(file, { readOnly: true })
  try {
    const sql =
      'select room_id as roomId, member_id as author, client_key as clientKey, text, seq from messages order by room_id, seq'
    return database.prepare(sql).all() as SaidAt[]
  } finally {
    database.close()
  }
}

// Node 20 has no node:sqlite; the package speaks the same API.
function loadSqlite(): Sqlite {
  const load = createRequire(import.meta.url)
  const builtIn = Number(process.versions.node.split('.')[0]) >= 24
  return load(builtIn ? 'node:sqlite' : '@photostructure/sqlite') as Sqlite
}
