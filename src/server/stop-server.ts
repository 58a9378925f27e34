import type { Server } from 'node:http'
import type { ConnectionCounts } from './budgets/connection-counts'
import type { JoinGate } from './budgets/join-gate'
import type { QuietLog } from './budgets/quiet-log'
import type { Files } from './files/open-files'
import type { WebApp } from './http/web-app'
import type { Expiry } from './rooms/expiry'
import type { Lapsing } from './rooms/lapsing'
import type { ReadMarks } from './rooms/read-marks'
import type { Rooms } from './rooms/rooms'
import type { Typing } from './rooms/typing'
import type { Store } from './store/store'
import type { FanOut } from './transport/fan-out'
import type { Transport } from './transport/open-transport'

const drainMs = 3_000
const goodbyeMs = 500
const filesMs = 2_000

interface Parts {
  http: Server
  connections: ConnectionCounts
  web: WebApp
  transport: Transport
  fanOut: FanOut
  expiry: Expiry
  lapsing: Lapsing
  joinGate: JoinGate
  typing: Typing
  readMarks: ReadMarks
  rooms: Rooms
  files: Files
  store: Store
  quietLog: QuietLog
}

/** Takes nothing new, answers what is under way, says what became durable, then lets go of everything. */
export async function stopServer(parts: Parts) {
  const {
    http,
    connections,
    web,
    transport,
    fanOut,
    expiry,
    lapsing,
    joinGate,
    typing,
    readMarks,
    rooms,
    files,
    store,
    quietLog,
  } = parts
  const closed = new Promise<void>((resolve) => (http.listening ? http.close(() => resolve()) : resolve()))
  await expiry.stop()
  await lapsing.stop()
  joinGate.stop()
  await within(drainMs, transport.idle())
  fanOut.flush()
  // Nobody left: a stopped server is not a leave.
  typing.stop()
  rooms.stop()
  transport.close()
  http.closeAllConnections()
  await web.close()
  await within(goodbyeMs, closed)
  // A phone that sleeps answers no goodbye.
  connections.destroyAll()
  await closed
  // What waited for a reader that never read goes on now, and must not meet a closed store.
  await within(drainMs, transport.idle())
  await readMarks.stop()
  // Nobody sends or reads any more; a disk may take its time to say so.
  await within(filesMs, files.close())
  await store.close()
  quietLog.stop()
}

async function within(limitMs: number, work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)))
  await Promise.race([work, limit])
  clearTimeout(timer)
}
