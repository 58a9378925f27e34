import { Kysely } from 'kysely'
import { reservedFiles } from '../operations/file-quotas'
import { findFile, isKept, keptBytes, openableFile, ownFile } from '../operations/opening-files'
import { directs } from '../operations/direct'
import { findPerson } from '../operations/people'
import { members } from '../operations/members'
import { around, newer, pinned } from '../operations/paging'
import { changes, history } from '../operations/reading'
import { standing } from '../operations/receipts'
import { serverTime } from '../operations/server-time'
import type { Integrity } from '../message-of'
import type { Executor, Schema } from '../schema'
import { createSeal } from '../seal'
import { openDatabase } from './database'
import { dataFiles, readKey } from './data-files'
import { sqliteDialect } from './dialect'
import { failed, type Outcome } from './failure'
import type { Operation, WorkerSetup } from './messages'
import { search } from './search'
import type { Served } from './served'

const operations = {
  findPerson,
  members,
  directs,
  history,
  newer,
  around,
  pinned,
  changes,
  standing,
  search,
  findFile,
  ownFile,
  openableFile,
  isKept,
  keptBytes,
  reservedFiles,
  serverTime,
}
export type ReadName = keyof typeof operations

/** A connection of its own, so that reading never waits for a commit. */
export async function openReader(
  { dataDir, keepFilesMs }: WorkerSetup,
  onDamage: Integrity['onDamage'],
): Promise<Served> {
  const files = dataFiles(dataDir)
  const key = readKey(files.key)
  if (!key) throw new Error('the key is gone')
  const database = await openDatabase(files.database, { readOnly: true })
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
  const integrity = { seal: createSeal(key), onDamage, keepFilesMs }

  return {
    database,
    answer: async (batch) => {
      const outcomes: Outcome[] = []
      for (const operation of batch) outcomes.push(await read(db, operation, integrity))
      return outcomes
    },
    close: () => database.close(),
  }
}

async function read(db: Executor, { name, input }: Operation, integrity: Integrity): Promise<Outcome> {
  const run = operations[name as ReadName] as (db: Executor, input: unknown, integrity: Integrity) => Promise<unknown>
  try {
    // A transaction, so that all an answer says was true at one moment.
    return { ok: true, value: await db.transaction().execute((transaction) => run(transaction, input, integrity)) }
  } catch (error) {
    return failed(error)
  }
}
