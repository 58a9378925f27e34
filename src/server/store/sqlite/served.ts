import type { DatabaseSync } from './database'
import type { Outcome } from './failure'
import type { Operation } from './messages'

/** One connection and what it answers. */
export interface Served {
  database: DatabaseSync
  answer: (batch: readonly Operation[]) => Promise<Outcome[]>
  /** The day's backup at the end, of a database small enough that nobody waits for it. */
  backUp?: (now: number) => Promise<void>
  close: () => void
}
