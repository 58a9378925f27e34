import type { SessionToken } from '#shared/protocol/ids'
import type { Latch } from '../latch'

/**
 * How one try at sending a file ended. `unreadable`: its bytes are no longer on this device. `failed`: the server or
 * the network; `code` where the server's answer means something to a person.
 */
export type UploadEnd =
  | { kind: 'sent' | 'stopped' | 'unreadable' }
  | { kind: 'failed'; code: 'internal' | 'timed_out' | 'too_large' | 'storage_full' }

export interface UploadOptions {
  url: string
  session: SessionToken
  size: number
  read: (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>
  /** How much of it the server has. */
  onSent: (bytes: number) => void
}

/** Sends what the server does not have yet of a file; never tries again by itself. */
export type SendBytes = (options: UploadOptions, stop: Latch) => Promise<UploadEnd>
