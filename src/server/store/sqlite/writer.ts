import { Kysely, Migrator, type Migration } from 'kysely'
import { emptyAll } from '../operations/retention'
import type { Schema } from '../schema'
import { createSeal } from '../seal'
import { backUp } from './backup'
import { commitBatch } from './commit-batch'
import { openDatabase, type DatabaseSync } from './database'
import { dataFiles, makeKey, makePrivateDir, makePrivateFile, readKey } from './data-files'
import { sqliteDialect } from './dialect'
import { inspect } from './inspection'
import { lockDataDir } from './lock'
import type { Integrity } from '../message-of'
import type { WorkerSetup } from './messages'
import type { Served } from './serve-store'

export interface WriterOptions {
  migrations: Readonly<Record<string, Migration>>
  onDamage: Integrity['onDamage']
}

/** The one connection that writes: locked, inspected, migrated. */
export async function openWriter(
  { dataDir, now }: WorkerSetup,
  { migrations, onDamage }: WriterOptions,
): Promise<Served> {
  const files = dataFiles(dataDir)
  makePrivateDir(dataDir)
  const lock = await lockDataDir(files.lock)
  try {
    const { isNew, isOutdated } = await inspect(files, Object.keys(migrations))
    makePrivateFile(files.database)
    const database = await openDatabase(files.database, { readOnly: false })
    if (isOutdated && !isNew) backUp(database, files.backups, 'before-migration', now)

    const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
    await migrate(db, migrations)
    const integrity = { seal: createSeal(readKey(files.key) ?? makeKey(files.key)), onDamage }
    await emptyAll(db, now)
    return {
      database,
      answer: (batch) => commitBatch(db, batch, integrity),
      close: () => closeAll(database, lock),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function closeAll(database: DatabaseSync, lock: { release: () => void }): void {
  database.close()
  lock.release()
}

async function migrate(db: Kysely<Schema>, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error('a migration failed', { cause: error })
}
