import { existsSync } from 'node:fs'
import { StartError } from '../../start-error'
import { carriedKey } from './carried-key'
import { firstColumn, firstValue, openAsIs, resultCode, resultCodes, type DatabaseSync } from './database'
import { isEmptyFile, readKey, type DataFiles } from './data-files'

export interface Inspection {
  isNew: boolean
  /** Migrations this version has and the file has not seen. */
  isOutdated: boolean
}

/** Looks at what is there before anything may change it: a file that is refused is left as it was. */
export async function inspect({ database: path, key }: DataFiles, known: readonly string[]): Promise<Inspection> {
  if (isEmptyFile(path)) {
    if (existsSync(key)) throw damaged('the database is gone, its key is not')
    return { isNew: true, isOutdated: false }
  }

  const database = await openAsIs(path, { readOnly: true, waitMs: 1_000 })
  try {
    requireSound(database)
    const executed = executedMigrations(database)
    if (executed.some((name) => !known.includes(name))) throw new StartError('data_newer')
    if (!readKey(key) && !carriedKey(database) && hasMessages(database))
      throw damaged('the key is gone, the database is not')
    return { isNew: executed.length === 0, isOutdated: executed.length < known.length }
  } catch (error) {
    throw isCorrupt(error) ? damaged('not a sound database', error) : error
  } finally {
    database.close()
  }
}

function requireSound(database: DatabaseSync): void {
  const verdict = firstValue(database, 'pragma quick_check(1)')
  if (verdict !== 'ok') throw damaged(String(verdict))
}

function executedMigrations(database: DatabaseSync): string[] {
  const tables = texts(database, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
  if (tables.includes('kysely_migration')) return texts(database, 'select name from kysely_migration')
  if (tables.some((name) => name !== 'kysely_migration_lock')) throw damaged('not a database of Parlor')
  return []
}

const hasMessages = (database: DatabaseSync): boolean =>
  texts(database, "select name from sqlite_master where name = 'messages'").length > 0 &&
  texts(database, 'select 1 from messages limit 1').length > 0

const texts = (database: DatabaseSync, sql: string): string[] => firstColumn(database, sql).map(String)

export function isCorrupt(error: unknown): boolean {
  const code = resultCode(error)
  return code === resultCodes.corrupt || code === resultCodes.notADatabase
}

const damaged = (reason: string, cause?: unknown) =>
  new StartError('data_damaged', { cause: cause ?? new Error(reason) })
