import type { StartErrorCode } from '../../start-error'
import type { Damage } from '../message-of'
import type { Freed } from '../writing'
import type { Outcome } from './failure'

/** What a worker is started with. */
export interface WorkerSetup {
  role: 'writer' | 'reader' | 'searcher' | 'backup'
  dataDir: string
  /** Epoch milliseconds of the start. */
  now: number
  keepFilesMs: number
  searchMs: number
}

/** One operation of the store, as it crosses to a worker. */
export interface Operation {
  name: string
  input: unknown
}

/** A writer answers a batch with one transaction; a reader takes its operations one at a time. */
export type ToWorker = { batch: readonly Operation[]; id: number } | { close: Closing }

export interface Closing {
  /** The time of the backup to make before, when one is due. */
  backUpAt?: number | undefined
}

export type FromWorker =
  | { opened: true }
  | { refused: StartErrorCode; reason: string }
  | { id: number; outcomes: readonly Outcome[] }
  | { damage: Damage }
  | { freed: readonly Freed[] }
  /** What went wrong and keeps nobody from going on. */
  | { reported: string; during: string }
