import type { FileId, Sha256 } from '#shared/protocol/ids'
import type { Integrity } from './message-of'

/** A file whose row is gone: what its bytes are kept for may be nothing any more. */
export interface Freed {
  fileId: FileId
  sha256: Sha256
}

/** What writing needs besides the database. */
export interface Writing extends Integrity {
  /** Told within the transaction; true once that is on disk. */
  onFreed: (files: readonly Freed[]) => void
}
