import { pathToFileURL } from 'node:url'

export type SqlValue = null | number | bigint | string | Uint8Array
export type SqlRow = Readonly<Record<string, SqlValue>>

/** What Parlor uses of `node:sqlite`. */
export interface DatabaseSync {
  readonly isTransaction: boolean
  exec: (sql: string) => void
  prepare: (sql: string) => Statement
  close: () => void
}

export interface Statement {
  all: (...parameters: readonly SqlValue[]) => SqlRow[]
  run: (...parameters: readonly SqlValue[]) => { changes: number | bigint }
  columns: () => readonly unknown[]
}

/** SQLite's result codes, the primary ones in the low byte. https://sqlite.org/rescode.html */
export const resultCodes = {
  permission: 3,
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

// The built-in one where it is grown up (Node 24, Electron 45), the port of it elsewhere: one API.
const firstBuiltIn = 24

type Open = new (path: string | URL, options: { readOnly: boolean; timeout: number }) => DatabaseSync

async function sqlite(): Promise<Open> {
  const builtIn = Number.parseInt(process.versions.node, 10) >= firstBuiltIn
  if (builtIn)
    return (process.getBuiltinModule('node:sqlite' as 'node:process') as unknown as { DatabaseSync: Open }).DatabaseSync
  return (await import('@photostructure/sqlite')).DatabaseSync
}

const pragmas: Readonly<Record<string, string | number>> = {
  busy_timeout: 5_000,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  // What was deleted is overwritten, not only forgotten.
  secure_delete: 1,
}

/** Opens without touching a setting: for looking at a file that may have to stay as it is. */
export async function openAsIs(
  path: string | URL,
  { readOnly, waitMs = 0 }: { readOnly: boolean; waitMs?: number },
): Promise<DatabaseSync> {
  const DatabaseSync = await sqlite()
  return new DatabaseSync(path, { readOnly, timeout: waitMs })
}

/** The file alone, without what lies beside it, and without leaving anything there: for one that nobody changes. */
export async function openStill(path: string): Promise<DatabaseSync> {
  const url = pathToFileURL(path)
  url.search = '?immutable=1'
  return openAsIs(url, { readOnly: true })
}

/** Drivers have their own defaults, some of which lose acknowledged rows in a power cut: set, then asserted. */
export async function openDatabase(path: string, { readOnly }: { readOnly: boolean }): Promise<DatabaseSync> {
  const database = await openAsIs(path, { readOnly })
  for (const [name, value] of Object.entries(pragmas)) database.exec(`pragma ${name} = ${value}`)
  assertPragmas(database)
  return database
}

export function assertPragmas(database: DatabaseSync): void {
  for (const [name, value] of Object.entries(pragmas)) {
    const actual = firstValue(database, `pragma ${name}`)
    if (actual !== value) throw new Error(`pragma ${name} is ${String(actual)}, not ${value}`)
  }
}

/** The first column of every row. */
export const firstColumn = (database: DatabaseSync, sql: string): SqlValue[] =>
  database
    .prepare(sql)
    .all()
    .map((row) => Object.values(row)[0] ?? null)

export const firstValue = (database: DatabaseSync, sql: string): SqlValue => firstColumn(database, sql)[0] ?? null

/** The primary result code of an error SQLite gave. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

export const isBusy = (error: unknown): boolean => resultCode(error) === resultCodes.busy
