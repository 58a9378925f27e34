import { Worker } from 'node:worker_threads'
import { StartError } from '../../start-error'
import type { Damage } from '../message-of'
import type { Freed } from '../writing'
import type { Outcome } from './failure'
import type { Closing, FromWorker, Operation, ToWorker, WorkerSetup } from './messages'

export interface WorkerThread {
  ask: (batch: readonly Operation[]) => Promise<readonly Outcome[]>
  /** Resolves when the thread has ended by itself: terminating one that holds a database aborts the process. */
  close: (how?: Closing) => Promise<void>
  /** For a thread with one thing to do, which ends when that is done. */
  ended: Promise<void>
}

export interface ThreadOptions {
  script: URL | string
  setup: WorkerSetup
  onDamage: (damage: Damage) => void
  onFreed: (files: readonly Freed[]) => void
  onReport: (error: Error, during: string) => void
  /** The thread has died while it was needed, which nothing should make it do. */
  onDeath: (error: unknown) => void
}

type Waiting = { resolve: (outcomes: readonly Outcome[]) => void; reject: (error: unknown) => void }

/** Rejects with a `StartError` when the worker cannot open what it is for. */
export function startThread({
  script,
  setup,
  onDamage,
  onFreed,
  onReport,
  onDeath,
}: ThreadOptions): Promise<WorkerThread> {
  const worker = new Worker(script, { workerData: setup })
  const waiting = new Map<number, Waiting>()
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let asked = 0
  let isOpen = false
  let mayEnd = setup.role === 'backup'
  let failure: Error | undefined

  const post = (message: ToWorker) => worker.postMessage(message)
  const thread: WorkerThread = {
    ask: (batch) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) throw failure
        const id = ++asked
        post({ id, batch })
        waiting.set(id, { resolve, reject })
      }),
    close: (how = {}) => {
      mayEnd = true
      post({ close: how })
      return ended
    },
    ended,
  }

  return new Promise((resolve, reject) => {
    function endWith(error: Error) {
      failure = error
      reject(error)
      for (const { reject: give } of waiting.values()) give(error)
      waiting.clear()
    }
    worker.on('message', (message: FromWorker) => {
      if ('opened' in message) {
        isOpen = true
        resolve(thread)
      } else if ('refused' in message) reject(new StartError(message.refused, { cause: new Error(message.reason) }))
      else if ('damage' in message) onDamage(message.damage)
      else if ('freed' in message) onFreed(message.freed)
      else if ('reported' in message) onReport(new Error(message.reported), message.during)
      else {
        waiting.get(message.id)?.resolve(message.outcomes)
        waiting.delete(message.id)
      }
    })
    worker.on('error', (error) => {
      endWith(error)
      if (isOpen) onDeath(error)
    })
    worker.on('exit', () => {
      if (failure) return
      const end = new Error('the store is closed')
      endWith(end)
      if (isOpen && !mayEnd) onDeath(end)
    })
  })
}
