import type { Latch } from '../latch'
import type { ErrorCode } from '#shared/protocol/errors'
import type { Handshake } from '#shared/protocol/contract'

/** What came of one question: an answer as it arrived, a broken connection, or silence. */
export type Heard = { kind: 'answer'; raw: unknown } | { kind: 'lost' } | { kind: 'silent' }

/**
 * Why a link could not be made or has ended. `silent`: nobody answered in time. `foreign`: something answered that is
 * not a Parlor server. `refused`: the server turned us away.
 */
export type LinkEnd =
  | { kind: 'lost' | 'unreachable' | 'silent' | 'foreign' }
  | { kind: 'refused'; code: ErrorCode; retryAfterMs?: number }

/** One attempt at a connection; never reconnects by itself. */
export interface Link {
  ask: (command: string, input: unknown, timeoutMs: number) => Promise<Heard>
  /** Set when the link has ended, whoever ended it. */
  readonly ended: Latch
  /** Ends it as broken: `onEnd` hears `lost`. */
  drop: () => void
  /** Ends it for good: no more is heard of it. */
  close: () => void
}

export interface LinkOptions {
  url: string
  handshake: Handshake
  timeoutMs: number
  onOpen: () => void
  onEnd: (end: LinkEnd) => void
  onAnnouncement: (name: string, payload: unknown) => void
}

export type OpenLink = (options: LinkOptions) => Link
