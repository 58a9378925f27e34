import { Kysely, Migrator, type Migration } from 'kysely'
import { allAway } from '../operations/lapsing'
import { emptyAll } from '../operations/retention'
import type { Schema } from '../schema'
import { createSeal } from '../seal'
import { StartError } from '../../start-error'
import { backUp, isQuickToCopy, removePartials } from './backup'
import { adoptKey } from './carried-key'
import { commitBatch } from './commit-batch'
import { openDatabase, type DatabaseSync } from './database'
import { dataFiles, type DataFiles, makeKey, makePrivateFile, readKey } from './data-files'
import { claimDataDir } from './data-folder'
import { sqliteDialect } from './dialect'
import { setForeignLogAside } from './foreign-log'
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
  const folder = claimDataDir(setup.dataDir)
  const lock = await lockDataDir(files.lock).catch((error: unknown) => {
    // Somebody else's start may be what made them.
    if (!(error instanceof StartError)) folder.undo().last()
    throw error
  })
  try {
    setForeignLogAside(files.database, setup.now)
    const inspection = await inspect(files, Object.keys(options.migrations))
    removePartials(files.backups)
    makePrivateFile(files.database)
    const database = await openDatabase(files.database, { readOnly: false })
    return await servedFrom(database, { ...setup, ...options, ...inspection, files, lock }).catch((error: unknown) => {
      database.close()
      throw error
    })
  } catch (error) {
    const { last } = folder.undo()
    lock.release()
    last()
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
  adoptKey(database, files.key, now)
  if (isOutdated && !isNew) await backUp(database, files, { kind: 'before-migration', now })

  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
  await migrate(db, migrations)
  const writing = { seal: createSeal(readKey(files.key) ?? makeKey(files.key)), onDamage, onFreed, keepFilesMs }
  await emptyAll(db)
  await allAway(db)
  return {
    database,
    answer: (batch) => commitBatch(db, batch, writing),
    async backUp(at) {
      if (isQuickToCopy(database)) await backUp(database, files, { kind: 'daily', now: at })
    },
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
