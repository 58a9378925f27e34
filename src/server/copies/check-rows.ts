import { firstColumn, firstValue, type DatabaseSync, type SqlRow } from '../store/sqlite/database'
import type { MessageRow } from '../store/schema'
import { createSeal, isIntact } from '../store/seal'

const rowsAtOnce = 1_000
// What older forms of the database have no column for, as migrations fill it in.
const later = { edited_at: null, deleted_at: null, pinned: 0, reactions: null, attachments: null }

export interface Rows {
  messages: number
  damaged: number
  /** Messages of which only the one after them knows. */
  missing: number
}

const messageRow = (row: SqlRow): MessageRow => ({ ...later, ...row }) as unknown as MessageRow

export function newestIsIntact(database: DatabaseSync, key: Uint8Array): boolean {
  const [row] = hasTable(database, 'messages')
    ? database.prepare('select * from messages order by rowid desc limit 1').all()
    : []
  return row === undefined || isIntact(messageRow(row), createSeal(key))
}

/** Every message against its checksum and against the one before it. */
export function checkRows(database: DatabaseSync, key: Uint8Array | undefined): Rows {
  const rows: Rows = { messages: 0, damaged: 0, missing: 0 }
  const seal = key && createSeal(key)
  const page = database.prepare(
    `select * from messages where (room_id, seq) > (?, ?) order by room_id, seq limit ${rowsAtOnce}`,
  )
  const beingCleared = new Set(columnsOf(database, 'rooms').has('closed') ? closedRooms(database) : [])
  let last = { room_id: '', seq: 0 }
  for (;;) {
    const found = page.all(last.room_id, last.seq).map(messageRow)
    for (const row of found) {
      const before = row.room_id === last.room_id ? last.seq : 0
      rows.messages++
      if (!seal || !isIntact(row, seal)) rows.damaged++
      if (row.prev_seq !== before && !beingCleared.has(row.room_id)) rows.missing++
      last = { room_id: row.room_id, seq: row.seq }
    }
    if (found.length < rowsAtOnce) return rows
  }
}

export interface StoredFile {
  sha256: string
  size: number
}

/** Each content once, of the files whose bytes are here. */
export function storedFiles(database: DatabaseSync): StoredFile[] {
  if (!hasTable(database, 'files')) return []
  return database
    .prepare('select sha256, max(size) as size from files where completed_at is not null group by sha256')
    .all()
    .map(({ sha256, size }) => ({ sha256: String(sha256), size: Number(size) }))
}

export const countRooms = (database: DatabaseSync): number => Number(firstValue(database, 'select count(*) from rooms'))

const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").all(name).length > 0

const columnsOf = (database: DatabaseSync, table: string): Set<unknown> =>
  new Set(firstColumn(database, `select name from pragma_table_info('${table}')`))

const closedRooms = (database: DatabaseSync): string[] =>
  firstColumn(database, 'select room_id from rooms where closed = 1').map(String)
