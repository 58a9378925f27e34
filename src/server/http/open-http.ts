import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { securityHeaders } from '#shared/security-headers'
import type { ConnectionCounts } from '../budgets/connection-counts'
import type { SparePlaces } from '../budgets/spare-places'
import type { ServerLimits } from '../limits'
import { StartError } from '../start-error'
import { createAnswerSpeed } from './answer-speed'
import { watchBody } from './body-deadline'
import type { Gate } from './gate'
import { createInTurn } from './in-turn'
import type { RequestRate } from './request-rate'
import { sayFull } from './say-full'

export interface HttpOptions {
  limits: ServerLimits
  gate: Gate
  connections: ConnectionCounts
  spare: SparePlaces
  rate: RequestRate
  /** Whose body may take as long as it moves. */
  isUpload: (request: IncomingMessage) => boolean
  onRequest: (request: IncomingMessage, response: ServerResponse) => void
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

const reasons = { 403: 'Forbidden', 421: 'Misdirected Request', 431: 'Request Header Fields Too Large' }
const headers = Object.entries(securityHeaders("'self'"))

/** The one listener. Everything passes the gate first, and every answer carries the security headers. */
export function createHttp(options: HttpOptions): Server {
  const { limits, gate, connections, spare, rate, isUpload, onRequest, onUpgrade } = options
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    // Bodies have deadlines of their own.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.connectionCheckMs,
    // Answered by the gate, as 421.
    requireHostHeader: false,
  })
  // One more than allowed, so that too many are seen instead of silently dropped.
  server.maxHeadersCount = limits.headers + 1

  server.on('connection', (socket: Socket) => {
    if (!rate.letsIn(socket)) return
    if (!connections.add(socket) && !spare.take(socket)) socket.destroy()
  })
  const windowMs = limits.requestTimeoutMs
  const answers = createAnswerSpeed({ leastPerSecond: limits.answerBytesPerSecond, patienceMs: windowMs })
  server.on('close', answers.stop)
  const inTurn = createInTurn((request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    if (spare.has(request.socket)) {
      sayFull(response)
      return
    }
    answers.watch(response)
    const leastBytes = isUpload(request) ? (limits.uploadBytesPerSecond * windowMs) / 1_000 : Infinity
    watchBody(request, response, { windowMs, leastBytes })
    const refused = gate(request)
    if (refused === undefined) onRequest(request, response)
    else response.writeHead(refused, { 'Content-Type': 'text/plain', Connection: 'close' }).end(reasons[refused])
  })
  server.on('request', (request, response) => {
    if (rate.allows(request.socket)) inTurn.serve(request, response)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node would let it speak in the middle of an answer.
    if (!rate.allows(request.socket) || inTurn.isBusy(request.socket)) {
      socket.destroy()
      return
    }
    const refused = gate(request)
    if (refused === undefined) onUpgrade(request, socket, head)
    else refuseUpgrade(socket, refused, reasons[refused])
  })
  return server
}

/** Answers an upgrade with a plain HTTP refusal. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string, more: Record<string, string> = {}) {
  const lines = [...headers, ...Object.entries(more), ['Connection', 'close'], ['Content-Length', '0']]
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  socket.on('finish', () => socket.destroy())
}

/** Resolves with the port; rejects with a `StartError` when the address cannot be had. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isPort = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(new StartError(isPort ? 'port_unavailable' : 'address_unavailable', { cause: error }))
    })
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      resolve((server.address() as AddressInfo).port)
    })
  })
}
