import type { Connection } from './connection'
import type { EnteredSince } from './digest'

/** Whom an announcement is not for. */
export type Except = EnteredSince | { connections: ReadonlySet<Connection> }
