import type { ServerLimits } from './limits'
import type { StoreOptions } from './store/sqlite/open-store'
import type { Store } from './store/store'

/** A bug, with ids that help to find it. */
export type Report = (error: unknown, context?: Record<string, unknown>) => void
/** What happened, in ids and codes only: never text, names, tokens or room codes. */
export type Log = (event: string, fields?: Record<string, unknown>) => void

export interface ServerOptions {
  host: string
  /** 0 takes any free port. */
  port: number
  /** Created with mode 0700 when absent. */
  dataDir: string
  /** The bundled SQLite worker script. */
  storeWorker: URL | string
  /** Where the truth is kept: SQLite in `dataDir` unless told otherwise. */
  openStore?: (options: StoreOptions) => Promise<Store>
  /** The built interface; without it the server serves the protocol only. */
  webDir?: string
  /** Host names accepted besides this computer's own. */
  names?: readonly string[]
  /** The desktop app's own scheme origin. */
  appOrigin?: string
  limits?: Partial<ServerLimits>
  /** How long a lost connection is not a leave. */
  graceMs?: number
  /** For how long comings and goings are gathered before they are told. */
  digestMs?: number
  /** How long an empty `while_occupied` room is kept. */
  keepEmptyMs?: number
  /** How long files are kept after they were sent; as long as their messages unless told. */
  keepFilesMs?: number
  roomCodeLength?: number
  /** How long a minute is by which members are counted as away. */
  minuteMs?: number
  now?: () => number
  /** Milliseconds since some moment, by clocks that nobody sets: without the time the computer sleeps, and with it. */
  monotonic?: () => number
  uptime?: () => number
  report: Report
  log?: Log
  /** Nothing can be served any more: the process is to end, for another to begin. */
  onDeath: (error: unknown) => void
}

export interface RunningServer {
  url: string
  port: number
  /** Drains, flushes and closes; resolves when everything is on disk. */
  close: () => Promise<void>
}
