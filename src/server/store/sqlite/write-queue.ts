import type { WriteName } from './commit-batch'
import type { Outcome } from './failure'
import { thrownAgain } from './failure'
import type { Operation } from './messages'

const mostPerBatch = 1_024
/** Costs a commit many times what a message does: a message must not wait for many of them. */
const costly: WriteName = 'addFile'
const mostCostlyPerBatch = 8

interface Waiting {
  operation: Operation
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

export interface WriteQueue {
  add: (operation: Operation) => Promise<unknown>
  /** Resolves when everything added so far is on disk or refused. */
  drained: () => Promise<void>
}

/**
 * Natural group commit: what is asked for while a commit is under way goes into the next one together. No timer, so
 * a lone write waits for nobody, and the busier the disk the bigger the batch.
 */
export function createWriteQueue(commit: (batch: readonly Operation[]) => Promise<readonly Outcome[]>): WriteQueue {
  let waiting: Waiting[] = []
  let isCommitting = false
  let whenIdle: (() => void)[] = []

  async function commitWaiting(): Promise<void> {
    if (isCommitting) return
    isCommitting = true
    while (waiting.length > 0) await commitOne(takeBatch())
    isCommitting = false
    for (const tell of whenIdle) tell()
    whenIdle = []
  }

  /** In the order in which they were asked for, but for the costly ones that are left for later. */
  function takeBatch(): readonly Waiting[] {
    const [batch, later]: [Waiting[], Waiting[]] = [[], []]
    let costlyLeft = mostCostlyPerBatch
    for (const write of waiting) {
      const fits = batch.length < mostPerBatch && (write.operation.name !== costly || costlyLeft-- > 0)
      ;(fits ? batch : later).push(write)
    }
    waiting = later
    return batch
  }

  async function commitOne(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await commit(batch.map(({ operation }) => operation))
      for (const [index, write] of batch.entries()) settle(write, outcomes[index])
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return {
    add: (operation) =>
      new Promise((resolve, reject) => {
        waiting.push({ operation, resolve, reject })
        // What else this turn of the loop brings goes along.
        if (waiting.length === 1 && !isCommitting) setImmediate(() => void commitWaiting())
      }),
    drained: () =>
      new Promise((resolve) => {
        if (waiting.length === 0 && !isCommitting) resolve()
        else whenIdle.push(resolve)
      }),
  }
}

function settle({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (!outcome) reject(new Error('a write got no answer'))
  else if (outcome.ok) resolve(outcome.value)
  else reject(thrownAgain(outcome.failure))
}
