import type { Announcement, AnnouncementName } from '#shared/protocol/contract'

/** One live connection of somebody, as rooms and fan-out see it. */
export interface Connection {
  readonly id: string
  /** One announcement by the ordinary way, in order with everything sent before. */
  emit: <A extends AnnouncementName>(name: A, payload: Announcement<A>) => void
  /** Ready frames straight to the wire; false when this connection is not in the simple state that allows it. */
  write: (frames: Buffer) => boolean
  /** Bytes accepted for sending that the other end has not taken. */
  queuedBytes: () => number
  /** Resolves once no more than `bytes` are queued, or nothing will be sent any more. */
  taken: (bytes: number) => Promise<void>
  /** Keeps what is written until `uncork`, so that it leaves in one piece. */
  cork: () => void
  uncork: () => void
  /** Ends it at once; the client reconnects and reads what it missed. */
  drop: (reason: string) => void
}
