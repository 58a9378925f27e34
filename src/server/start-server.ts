import { randomInt } from 'node:crypto'
import type { RoomId } from '#shared/protocol/ids'
import { roomCodeAlphabet } from '#shared/protocol/room-code'
import { createAddressKey } from './budgets/address-key'
import { createBudgets } from './budgets/budgets'
import { createConnectionCounts } from './budgets/connection-counts'
import { createJoinGate } from './budgets/join-gate'
import { createSearchTurns } from './budgets/search-turns'
import { createQuietLog } from './budgets/quiet-log'
import { createSparePlaces } from './budgets/spare-places'
import { createTokenBuckets } from './budgets/token-bucket'
import { clocksOf, startServerTime } from './clock/server-time'
import { createGate } from './http/gate'
import { createHttp, listen } from './http/open-http'
import { createOwnNames } from './http/own-names'
import { createRequestRate } from './http/request-rate'
import { createWebApp, type WebApp } from './http/web-app'
import { serverLimits, type ServerLimits } from './limits'
import { openStorage } from './open-storage'
import { startExpiry } from './rooms/expiry'
import { startLapsing } from './rooms/lapsing'
import { createReadMarks } from './rooms/read-marks'
import { createRooms } from './rooms/rooms'
import { createTyping } from './rooms/typing'
import type { RunningServer, ServerOptions } from './server-options'
import type { Seats } from './store/store'
import { createFanOut } from './transport/fan-out'
import { openTransport, type Transport } from './transport/open-transport'
import { stopServer } from './stop-server'

const graceMs = 30_000
const keepEmptyMs = 600_000
const digestMs = 100
const typingMs = 6_000
const readWindowMs = 250
const readSaveMs = 1_000
const roomCodeLength = 6
const minuteMs = 60_000

/** Starts a room server: everything is open when it resolves, nothing is left behind when it rejects. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const quietLog = createQuietLog({ report: options.report, log: options.log ?? (() => undefined) })
  const { report, log } = quietLog
  const clocks = clocksOf(options)
  const { now } = clocks
  const limits = serverLimits(options.limits)
  const addressKey = createAddressKey()
  const opening = openStorage({ ...options, report }, { limits, addressKey, clocks })
  const { store, files, kept } = await opening.catch((error: unknown) => {
    quietLog.stop()
    throw error
  })
  const time = startServerTime(kept, clocks)

  const fanOut = createFanOut({
    connectionsIn: (roomId) => rooms.connectionsIn(roomId),
    sendQueueBytes: limits.sendQueueBytes,
  })
  const rooms = createRooms({
    graceMs: options.graceMs ?? graceMs,
    digestMs: options.digestMs ?? digestMs,
    loadMembers: store.members,
    announce: fanOut.announce,
    flush: fanOut.flush,
    onSilent: (roomId, memberId) => typing.ended(roomId, memberId),
    onEmptied: (roomId, isEmpty) => void store.markEmptied(roomId, isEmpty ? time.read() : undefined).catch(report),
  })
  const typing = createTyping({
    windowMs: digestMs,
    lastsMs: typingMs,
    tell({ roomId, memberId, hiddenFrom }, isTyping) {
      const unaware = [memberId, ...hiddenFrom].flatMap((id) => rooms.connectionsOf(roomId, id))
      const except = { connections: new Set(unaware) }
      rooms.announce(roomId, 'typing_changed', { roomId, memberId, typing: isTyping }, except)
    },
  })
  const readMarks = createReadMarks({
    windowMs: readWindowMs,
    saveMs: readSaveMs,
    tell({ isPublic, ...mark }) {
      if (isPublic) rooms.announce(mark.roomId, 'read_changed', mark)
      else rooms.tell(mark, 'read_changed', mark)
    },
    save: store.saveReads,
    report,
  })
  const joinGate = createJoinGate(limits)
  const newRoomCode = () => roomCode(options.roomCodeLength ?? roomCodeLength)
  const budgets = createBudgets(limits)
  const services = {
    store,
    files,
    rooms,
    typing,
    readMarks,
    announce: rooms.announce,
    budgets,
    joinGate,
    searchTurns: createSearchTurns(limits),
    seats: seatsOf(limits),
    newRoomCode,
    now,
    report,
  }
  const events = createTokenBuckets({ burst: limits.eventBurst, perSecond: limits.eventsPerSecond })
  const spare = createSparePlaces({ addressKey, log })
  const connections = createConnectionCounts(limits, addressKey)
  const transport: Transport = openTransport({ services, limits, events, fanOut, log, addressKey, connections, spare })
  const expiry = startExpiry({
    store,
    files,
    rooms,
    keepEmptyMs: options.keepEmptyMs ?? keepEmptyMs,
    keepFilesMs: options.keepFilesMs ?? Infinity,
    time,
    report,
  })

  const lapsing = startLapsing({
    store,
    rooms,
    minuteMs: options.minuteMs ?? minuteMs,
    quietMinutes: limits.quietMemberMinutes,
    spokenMinutes: limits.memberMinutes,
    now,
    report,
  })

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
    connections,
    spare,
    rate: createRequestRate({ limits, addressKey, log }),
    isUpload: files.isUpload,
    onRequest: (request, response) => {
      if (!files.serve(request, response)) web.handle(request, response)
    },
    onUpgrade: transport.upgrade,
  })
  const web: WebApp = createWebApp({ server: http, webDir: options.webDir, isReady: () => isReady, report })
  const close = () => {
    isReady = false
    return stopServer({
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
    })
  }

  try {
    await web.open()
    port = await listen(http, options)
  } catch (error) {
    await close()
    throw error
  }
  isReady = true
  let closing: Promise<void> | undefined
  return { url: urlOf(options.host, port), port, close: () => (closing ??= close()) }
}

const seatsOf = (limits: ServerLimits): Seats => ({
  most: limits.roomMembers,
  quietGoneMinutes: limits.quietPlaceMinutes,
  goneMinutes: limits.quietMemberMinutes,
})

const urlOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

const roomCode = (length: number): RoomId =>
  Array.from({ length }, () => roomCodeAlphabet[randomInt(roomCodeAlphabet.length)]).join('') as RoomId
