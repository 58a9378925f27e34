import type { DatabaseSync } from './database'
import type { Outcome } from './failure'
import type { Operation } from './messages'

/** One connection and what it answers. */
export interface Served {
  database: DatabaseSync
  answer: (batch: readonly Operation[]) => Promise<Outcome[]>
  close: () => void
}
