import { Refusal } from '#shared/protocol/errors'
import { blockMember } from '../operations/blocking'
import { changeMessage } from '../operations/changing'
import { openDirect } from '../operations/direct'
import { joinRoom } from '../operations/joining'
import { leaveRoom } from '../operations/leaving'
import { appendAll } from '../operations/posting'
import { saveReads } from '../operations/receipts'
import { deleteExpired, markEmptied } from '../operations/retention'
import { changeRoom, closeRoom, createRoom } from '../operations/rooms'
import type { Integrity } from '../message-of'
import type { Executor } from '../schema'
import type { NewMessage } from '../store'
import { failed, isStorageFailure, storageFull, type Outcome } from './failure'
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
  saveReads,
  markEmptied,
  deleteExpired,
}
export type WriteName = keyof typeof operations | 'append'

/** One transaction for all of it; the answers are true only once this has returned. */
export async function commitBatch(db: Executor, batch: readonly Operation[], integrity: Integrity): Promise<Outcome[]> {
  try {
    return await db.transaction().execute((transaction) => runAll(transaction, batch, integrity))
  } catch (error) {
    if (batch.length === 1) return [failed(error)]
    return await commitEach(db, batch, integrity)
  }
}

// Something in the batch threw and took its mates back with it: alone, only the culprit fails.
async function commitEach(db: Executor, batch: readonly Operation[], integrity: Integrity): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let isFull = false
  for (const operation of batch) {
    if (isFull && operation.name === 'append') {
      outcomes.push(storageFull)
      continue
    }
    try {
      outcomes.push(...(await db.transaction().execute((transaction) => runAll(transaction, [operation], integrity))))
    } catch (error) {
      isFull ||= isStorageFailure(error)
      outcomes.push(failed(error))
    }
  }
  return outcomes
}

async function runAll(db: Executor, batch: readonly Operation[], integrity: Integrity): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  while (outcomes.length < batch.length) {
    const appends = appendsFrom(batch, outcomes.length)
    if (appends.length > 0) outcomes.push(...(await appendAll(db, appends, integrity)).map(outcomeOf))
    else outcomes.push(await runOne(db, batch[outcomes.length], integrity))
  }
  return outcomes
}

function appendsFrom(batch: readonly Operation[], start: number): NewMessage[] {
  const end = batch.findIndex(({ name }, index) => index >= start && name !== 'append')
  return batch.slice(start, end < 0 ? batch.length : end).map(({ input }) => input as NewMessage)
}

async function runOne(db: Executor, operation: Operation | undefined, integrity: Integrity): Promise<Outcome> {
  const run = operations[operation?.name as keyof typeof operations] as (
    db: Executor,
    input: unknown,
    integrity: Integrity,
  ) => Promise<unknown>
  try {
    return { ok: true, value: await run(db, operation?.input, integrity) }
  } catch (error) {
    if (error instanceof Refusal) return failed(error)
    throw error
  }
}

const outcomeOf = (answer: object): Outcome =>
  answer instanceof Refusal ? failed(answer) : { ok: true, value: answer }
