import type { MessagePort } from 'node:worker_threads'
import type { Migration } from 'kysely'
import type { Damage } from '../message-of'
import { backUp } from './backup'
import { openDatabase, type DatabaseSync } from './database'
import { dataFiles } from './data-files'
import type { Closing, FromWorker, ToWorker, WorkerSetup } from './messages'
import { openReader } from './reader'
import { openSearcher } from './searcher'
import type { Served } from './served'
import { createLogShortener, removesText } from './shorten-log'
import { startErrorOf } from './start-error-of'
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
    post(refusal(error, setup.dataDir))
  }
}

function listen(port: MessagePort, served: Served, post: (message: FromWorker) => void): void {
  let turn = Promise.resolve()
  const inTurn = (work: () => void | Promise<void>) => void (turn = turn.then(work))
  const log = createLogShortener(served.database, inTurn)
  // What a kill left in it.
  if (served.backUp) log.soon()

  async function close({ backUpAt }: Closing) {
    log.close()
    if (backUpAt !== undefined) await served.backUp?.(backUpAt).catch((error: unknown) => post(reported(error)))
    served.close()
    port.close()
  }
  port.on('message', (message: ToWorker) =>
    inTurn(async () => {
      if ('close' in message) return close(message.close)
      const outcomes = await served.answer(message.batch)
      post({ id: message.id, outcomes })
      if (served.backUp && message.batch.some(removesText)) log.soon()
    }),
  )
}

const reported = (error: unknown): FromWorker => ({
  reported: error instanceof Error ? error.message : String(error),
  during: 'daily backup',
})

async function makeDailyBackup({ dataDir, now }: WorkerSetup): Promise<void> {
  const files = dataFiles(dataDir)
  const database = await openDatabase(files.database, { readOnly: true })
  try {
    await backUp(database, files, { kind: 'daily', now })
  } finally {
    database.close()
  }
}

function refusal(error: unknown, dataDir: string): FromWorker {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const known = startErrorOf(error, dataDir)
  if (known) return { refused: known.code, reason: `${reason}\n${String(known.cause)}` }
  throw error
}

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
