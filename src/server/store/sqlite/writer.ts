import { Kysely, Migrator, type Migration } from 'kysely'
import { emptyAll } from '../operations/retention'
import type { Schema } from '../schema'
import { createSeal } from '../seal'
import { backUp, removePartials } from './backup'
import { commitBatch } from './commit-batch'
import { openDatabase, type DatabaseSync } from './database'
import { dataFiles, type DataFiles, makeKey, makePrivateDir, makePrivateFile, readKey } from './data-files'
import { sqliteDialect } from './dialect'
import { inspect, type Inspection } from './inspection'
import { lockDataDir, type Lock } from './lock'
import type { Writing } from '../writing'
import type { WorkerSetup } from './messages'
import type { Served } from './served'

export interface WriterOptions {
  migrations: Readonly<Record<string, Migration>>
  onDamage: Writing['onDamage']
  onFreed: Writing['onFreed']
}

/** The one connection that writes: locked, inspected, migrated. */
export async function openWriter(setup: WorkerSetup, options: WriterOptions): Promise<Served> {
  const files = dataFiles(setup.dataDir)
  makePrivateDir(setup.dataDir)
  const lock = await lockDataDir(files.lock)
  try {
    const inspection = await inspect(files, Object.keys(options.migrations))
    removePartials(files.backups)
    makePrivateFile(files.database)
    const database = await openDatabase(files.database, { readOnly: false })
    return await servedFrom(database, { ...setup, ...options, ...inspection, files, lock }).catch((error: unknown) => {
      database.close()
      throw error
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

async function servedFrom(
  database: DatabaseSync,
  {
    files,
    lock,
    isNew,
    isOutdated,
    migrations,
    onDamage,
    onFreed,
    now,
    keepFilesMs,
  }: WriterOptions & Inspection & WorkerSetup & { files: DataFiles; lock: Lock },
): Promise<Served> {
  if (isOutdated && !isNew) backUp(database, files.backups, { kind: 'before-migration', now })

  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
  await migrate(db, migrations)
  const writing = { seal: createSeal(readKey(files.key) ?? makeKey(files.key)), onDamage, onFreed, keepFilesMs }
  await emptyAll(db)
  return {
    database,
    answer: (batch) => commitBatch(db, batch, writing),
    close: () => {
      database.close()
      lock.release()
    },
  }
}

async function migrate(db: Kysely<Schema>, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error('a migration failed', { cause: error })
}
