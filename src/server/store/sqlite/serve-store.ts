import type { MessagePort } from 'node:worker_threads'
import type { Migration } from 'kysely'
import { StartError } from '../../start-error'
import type { Damage } from '../message-of'
import { backUp } from './backup'
import { openDatabase, resultCode, type DatabaseSync } from './database'
import { dataFiles } from './data-files'
import { isCorrupt } from './inspection'
import type { FromWorker, ToWorker, WorkerSetup } from './messages'
import { openReader } from './reader'
import { openSearcher } from './searcher'
import type { Served } from './served'
import { openWriter } from './writer'

export interface ServeOptions {
  port: MessagePort
  setup: WorkerSetup
  migrations: Readonly<Record<string, Migration>>
  /** Sees the connection before the first operation does. */
  onOpen?: (database: DatabaseSync) => void
}

/** The worker's side: opens, says so, answers batches in turn until told to close, and then lets the thread end. */
export async function serveStore({ port, setup, migrations, onOpen }: ServeOptions): Promise<void> {
  const post = (message: FromWorker) => port.postMessage(message)
  const onDamage = noticeOnce((damage) => post({ damage }))
  const open = {
    writer: () => openWriter(setup, { migrations, onDamage, onFreed: (freed) => post({ freed }) }),
    reader: () => openReader(setup, onDamage),
    searcher: () => openSearcher(setup, onDamage),
  }
  try {
    if (setup.role === 'backup') await makeDailyBackup(setup)
    else {
      const served = await open[setup.role]()
      onOpen?.(served.database)
      listen(port, served, post)
    }
    post({ opened: true })
  } catch (error) {
    post(refusal(error))
  }
}

function listen(port: MessagePort, served: Served, post: (message: FromWorker) => void): void {
  let turn = Promise.resolve()
  port.on('message', (message: ToWorker) => {
    turn = turn.then(async () => {
      if (message === 'close') {
        served.close()
        port.close()
      } else post({ id: message.id, outcomes: await served.answer(message.batch) })
    })
  })
}

async function makeDailyBackup({ dataDir, now }: WorkerSetup): Promise<void> {
  const files = dataFiles(dataDir)
  const database = await openDatabase(files.database, { readOnly: true })
  try {
    backUp(database, files.backups, { kind: 'daily', now })
  } finally {
    database.close()
  }
}

function refusal(error: unknown): FromWorker {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error instanceof StartError) return { refused: error.code, reason: `${reason}\n${String(error.cause)}` }
  if (isCorrupt(error)) return { refused: 'data_damaged', reason }
  if (resultCode(error) !== undefined || isFileError(error)) return { refused: 'data_unwritable', reason }
  throw error
}

const isFileError = (error: unknown): boolean => error instanceof Error && 'syscall' in error

/** The same row is read again and again; its damage is news once. */
function noticeOnce(tell: (damage: Damage) => void): (damage: Damage) => void {
  const told = new Set<string>()
  return (damage) => {
    const what = `${damage.kind} ${damage.room_id} ${damage.seq}`
    if (told.has(what)) return
    told.add(what)
    tell(damage)
  }
}
