import { Refusal } from '#shared/protocol/errors'
import { addFile, completeFile } from '../operations/adding-files'
import { blockMember, setDirects } from '../operations/blocking'
import { changeMessage } from '../operations/changing'
import { clearClosed, closeRoom } from '../operations/closing'
import { openDirect } from '../operations/direct'
import { releaseFiles, reserveFile } from '../operations/file-quotas'
import { deleteOldFiles, dropFile, loseBytes } from '../operations/freeing'
import { joinRoom } from '../operations/joining'
import { countMinute, lapseMembers } from '../operations/lapsing'
import { leaveRoom } from '../operations/leaving'
import { appendAll } from '../operations/posting'
import { saveReads } from '../operations/receipts'
import { deleteExpired, markEmptied } from '../operations/retention'
import { changeRoom, createRoom } from '../operations/rooms'
import { keepTime } from '../operations/server-time'
import type { Executor } from '../schema'
import type { NewMessage } from '../store'
import type { Freed, Writing } from '../writing'
import { failed, isStorageFailure, storageFull, type Outcome } from './failure'
import { indexingPosted } from './index-words'
import type { Operation } from './messages'

const operations = {
  createRoom,
  joinRoom,
  openDirect,
  leaveRoom,
  closeRoom,
  changeRoom,
  changeMessage,
  blockMember,
  setDirects,
  saveReads,
  markEmptied,
  deleteExpired,
  keepTime,
  clearClosed,
  countMinute,
  lapseMembers,
  addFile,
  dropFile,
  completeFile,
  loseBytes,
  deleteOldFiles,
  reserveFile,
  releaseFiles,
}
export type WriteName = keyof typeof operations | 'append'

/** One transaction for all of it; the answers are true only once this has returned. */
export async function commitBatch(db: Executor, batch: readonly Operation[], writing: Writing): Promise<Outcome[]> {
  try {
    return await commit(db, batch, writing)
  } catch (error) {
    if (batch.length === 1) return [failed(error)]
    return await commitEach(db, batch, writing)
  }
}

async function commit(db: Executor, batch: readonly Operation[], writing: Writing): Promise<Outcome[]> {
  const freed: Freed[] = []
  const inTransaction = { ...writing, onFreed: (files: readonly Freed[]) => void freed.push(...files) }
  const outcomes = await db.transaction().execute((transaction) => runAll(transaction, batch, inTransaction))
  if (freed.length > 0) writing.onFreed(freed)
  return outcomes
}

// Something in the batch threw and took its mates back with it: alone, only the culprit fails.
async function commitEach(db: Executor, batch: readonly Operation[], writing: Writing): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let isFull = false
  for (const operation of batch) {
    if (isFull && operation.name === 'append') {
      outcomes.push(storageFull)
      continue
    }
    try {
      outcomes.push(...(await commit(db, [operation], writing)))
    } catch (error) {
      isFull ||= isStorageFailure(error)
      outcomes.push(failed(error))
    }
  }
  return outcomes
}

async function runAll(db: Executor, batch: readonly Operation[], writing: Writing): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  while (outcomes.length < batch.length) {
    const appends = appendsFrom(batch, outcomes.length)
    if (appends.length > 0) outcomes.push(...(await post(db, appends, writing)))
    else outcomes.push(await runOne(db, batch[outcomes.length], writing))
  }
  return outcomes
}

function appendsFrom(batch: readonly Operation[], start: number): NewMessage[] {
  let end = start
  while (batch[end]?.name === 'append') end++
  return batch.slice(start, end).map(({ input }) => input as NewMessage)
}

const post = async (db: Executor, drafts: readonly NewMessage[], writing: Writing): Promise<Outcome[]> =>
  (await indexingPosted(db, () => appendAll(db, drafts, writing))).map(outcomeOf)

async function runOne(db: Executor, operation: Operation | undefined, writing: Writing): Promise<Outcome> {
  const run = operations[operation?.name as keyof typeof operations] as (
    db: Executor,
    input: unknown,
    writing: Writing,
  ) => Promise<unknown>
  try {
    return { ok: true, value: await run(db, operation?.input, writing) }
  } catch (error) {
    if (error instanceof Refusal) return failed(error)
    throw error
  }
}

const outcomeOf = (answer: object): Outcome =>
  answer instanceof Refusal ? failed(answer) : { ok: true, value: answer }
