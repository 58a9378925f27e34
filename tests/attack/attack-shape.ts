import type { ServerLimits } from '../../src/server/limits'
import type { Stage } from './stage/stage'
import type { Bound } from './verdict'

/** Something a hostile computer can do to a server. */
export interface Attack {
  name: string
  /** How much of it, for the table. */
  strength: string
  /** What the server is run with besides its own limits: only to have in seconds what takes hours. */
  limits?: Partial<ServerLimits>
  /** As `limits`, in the short form only. */
  shortLimits?: Partial<ServerLimits>
  /** Takes too long for the short form. */
  isLong?: true
  /** Resolves when the attack is over; what it still holds is let go of then. */
  run: (stage: Stage) => Promise<void>
  /** What goes on while the server is told to stop. */
  whileStopping?: (stage: Stage) => Promise<void>
  weak: Weakness
}

/** A server the attack must succeed on. */
export interface Weakness {
  /** The naive one, or Parlor's with other limits. */
  server: 'naive' | Partial<ServerLimits>
  /** At least one of these must be found broken. */
  breaks: readonly Bound[]
}
