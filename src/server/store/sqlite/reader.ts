import { Kysely } from 'kysely'
import { reservedFiles } from '../operations/file-quotas'
import { findFile, isKept, keptBytes, openableFile, ownFile } from '../operations/opening-files'
import { directs } from '../operations/direct'
import { findPerson } from '../operations/people'
import { isMember, members } from '../operations/members'
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
import type { Served } from './served'

const operations = {
  findPerson,
  members,
  isMember,
  directs,
  history,
  newer,
  around,
  pinned,
  changes,
  standing,
  findFile,
  ownFile,
  openableFile,
  isKept,
  keptBytes,
  reservedFiles,
  serverTime,
}
export type ReadName = keyof typeof operations

type Read = (db: Executor, input: unknown, integrity: Integrity) => Promise<unknown>

/** A connection of its own, so that reading never waits for a commit. */
export const openReader = (setup: WorkerSetup, onDamage: Integrity['onDamage']): Promise<Served> =>
  openReadOnly(setup, onDamage, (name) => operations[name as ReadName] as Read)

/** Answers operations one at a time from a connection that cannot write. */
export async function openReadOnly(
  { dataDir, keepFilesMs }: WorkerSetup,
  onDamage: Integrity['onDamage'],
  named: (name: string) => Read,
): Promise<Served> {
  const files = dataFiles(dataDir)
  const key = readKey(files.key)
  if (!key) throw new Error('the key is gone')
  const database = await openDatabase(files.database, { readOnly: true })
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
  const integrity = { seal: createSeal(key), onDamage, keepFilesMs }
  const answer = ({ name, input }: Operation) => read(db, (transaction) => named(name)(transaction, input, integrity))

  return {
    database,
    answer: async (batch) => {
      const outcomes: Outcome[] = []
      for (const operation of batch) outcomes.push(await answer(operation))
      return outcomes
    },
    close: () => database.close(),
  }
}

async function read(db: Executor, run: (transaction: Executor) => Promise<unknown>): Promise<Outcome> {
  try {
    // A transaction, so that all an answer says was true at one moment.
    return { ok: true, value: await db.transaction().execute(run) }
  } catch (error) {
    return failed(error)
  }
}
