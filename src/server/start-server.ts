import { randomInt } from 'node:crypto'
import type { RoomId } from '#shared/protocol/ids'
import { roomCodeAlphabet } from '#shared/protocol/room-code'
import { createConnectionCounts } from './budgets/connection-counts'
import { createJoinGate } from './budgets/join-gate'
import { createTokenBuckets } from './budgets/token-bucket'
import { createGate } from './http/gate'
import { createHttp, listen } from './http/open-http'
import { createOwnNames } from './http/own-names'
import { createWebApp, type WebApp } from './http/web-app'
import { serverLimits, type ServerLimits } from './limits'
import { startExpiry } from './rooms/expiry'
import { createRooms } from './rooms/rooms'
import type { RunningServer, ServerOptions } from './server-options'
import { openStore } from './store/sqlite/open-store'
import { createFanOut } from './transport/fan-out'
import { openTransport, type Transport } from './transport/open-transport'
import { stopServer } from './stop-server'

const graceMs = 30_000
const keepEmptyMs = 600_000
const digestMs = 100
const roomCodeLength = 6

/** Starts a room server: everything is open when it resolves, nothing is left behind when it rejects. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { report, now = Date.now, log = () => undefined } = options
  const limits = serverLimits(options.limits)
  const store = await (options.openStore ?? openStore)({
    dataDir: options.dataDir,
    worker: options.storeWorker,
    now,
    report,
  })

  const fanOut = createFanOut({
    connectionsIn: (roomId) => rooms.connectionsIn(roomId),
    sendQueueBytes: limits.sendQueueBytes,
  })
  const rooms = createRooms({
    graceMs: options.graceMs ?? graceMs,
    digestMs,
    loadMembers: store.members,
    announce: fanOut.announce,
    flush: fanOut.flush,
    onEmptied: (roomId, isEmpty) => void store.markEmptied(roomId, isEmpty ? now() : undefined).catch(report),
  })
  const joinGate = createJoinGate(limits)
  const newRoomCode = () => roomCode(options.roomCodeLength ?? roomCodeLength)
  const budgets = createBudgets(limits)
  const services = { store, rooms, announce: rooms.announce, budgets, joinGate, newRoomCode, now, report }
  const events = createTokenBuckets({ burst: limits.eventBurst, perSecond: limits.eventsPerSecond })
  const transport: Transport = openTransport({ services, limits, events, fanOut, log })
  const expiry = startExpiry({ store, rooms, keepEmptyMs: options.keepEmptyMs ?? keepEmptyMs, now, report })

  let port = 0
  let isReady = false
  const gate = createGate({
    names: createOwnNames(options.names),
    port: () => port,
    appOrigin: options.appOrigin,
    mostHeaders: limits.headers,
  })
  const http = createHttp({
    limits,
    gate,
    connections: createConnectionCounts(limits),
    onRequest: (request, response) => web.handle(request, response),
    onUpgrade: transport.upgrade,
  })
  const web: WebApp = await createWebApp({ server: http, webDir: options.webDir, isReady: () => isReady, report })
  const close = () => {
    isReady = false
    return stopServer({ http, web, transport, fanOut, expiry, joinGate, rooms, store })
  }

  try {
    port = await listen(http, options)
  } catch (error) {
    await close()
    throw error
  }
  isReady = true
  let closing: Promise<void> | undefined
  return { url: urlOf(options.host, port), port, close: () => (closing ??= close()) }
}

const urlOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

const roomCode = (length: number): RoomId =>
  Array.from({ length }, () => roomCodeAlphabet[randomInt(roomCodeAlphabet.length)]).join('') as RoomId

const hourSeconds = 3_600

function createBudgets(limits: ServerLimits) {
  return {
    messages: createTokenBuckets({ burst: limits.messageBurst, perSecond: limits.messagesPerSecond }),
    roomMessages: createTokenBuckets({ burst: limits.roomMessagesPerSecond, perSecond: limits.roomMessagesPerSecond }),
    history: createTokenBuckets({ burst: limits.historyPerSecond, perSecond: limits.historyPerSecond }),
    roomsCreated: createTokenBuckets({ burst: limits.roomsPerHour, perSecond: limits.roomsPerHour / hourSeconds }),
  }
}
