import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Refusal } from '#shared/protocol/errors'
import { SessionToken } from '#shared/protocol/ids'
import { limits as sizes } from '#shared/protocol/limits'
import { Server } from 'socket.io'
import * as v from 'valibot'
import type { AddressKey } from '../budgets/address-key'
import type { SparePlaces } from '../budgets/spare-places'
import { createTokenBuckets } from '../budgets/token-bucket'
import { personOfSession } from '../commands/person'
import { refuseUpgrade } from '../http/open-http'
import { fullRetryMs } from '../http/say-full'
import { closeOnMisuse } from './close-on-misuse'
import type { Dispatch } from './dispatch'
import { HandshakeRefusal, readHandshake } from './handshake'
import { PacketGuard, PacketWriter } from './packet-guard'
import { serveSocket, type Arrival, type SocketServices } from './serve-socket'
import type { ParlorSocket } from './socket-connection'
import { watchFrames } from './watch-frames'

export interface Transport {
  /** Takes an upgrade that has passed the gate. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Resolves when every command under way is answered. */
  idle: () => Promise<void>
  close: () => void
}

const socketPath = '/socket.io/'
const pingIntervalMs = 10_000
const pingTimeoutMs = 8_000
// Refusals over the rate that still get a reason; the rest get a status line.
const politeRefusals = { burst: 5, perSecond: 5 }

export interface TransportOptions extends SocketServices {
  addressKey: AddressKey
  spare: SparePlaces
}

/** Socket.IO behind our own front door: websocket only, one namespace, nothing but JSON. */
export function openTransport(serving: TransportOptions): Transport {
  const { limits, services, log, addressKey, spare } = serving
  const arrivals = createTokenBuckets({
    burst: limits.newConnectionsPerMinute,
    perSecond: limits.newConnectionsPerMinute / 60,
  })
  const reasons = createTokenBuckets(politeRefusals)
  const retryAfter = new WeakMap<IncomingMessage, number>()
  const dispatches = new Set<Dispatch>()

  // Never listens: Socket.IO attaches here, and hears only of upgrades that we pass on.
  const inner = createServer()
  const io = new Server(inner, {
    maxHttpBufferSize: sizes.packetBytes,
    connectTimeout: limits.handshakeMs,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    transports: ['websocket'],
    serveClient: false,
    allowEIO3: false,
    perMessageDeflate: false,
    httpCompression: false,
    cleanupEmptyChildNamespaces: true,
    parser: { Encoder: PacketWriter, Decoder: PacketGuard },
  })

  io.engine.on('connection', (engine: ParlorSocket['conn']) => closeOnMisuse(engine, log))

  async function admit(socket: ParlorSocket): Promise<Omit<Arrival, 'address'>> {
    const handshake = readHandshake(socket.handshake.auth)
    const retryAfterMs = retryAfter.get(socket.request)
    if (retryAfterMs !== undefined) throw new HandshakeRefusal({ code: 'rate_limited', retryAfterMs })
    const { session } = handshake
    const person = await personOfSession(session, services.store)
    const offered = v.safeParse(SessionToken, session)
    return { person, offered: offered.success ? offered.output : undefined }
  }

  /** Where there is no place, and over the rate, some are let in only to be told when to come again. */
  function isWelcome(request: IncomingMessage, address: string): boolean {
    if (spare.has(request.socket)) {
      retryAfter.set(request, fullRetryMs)
      return true
    }
    const waitMs = arrivals.take(address)
    if (waitMs === 0) return true
    log('connection_refused', { reason: 'rate_limited' })
    retryAfter.set(request, waitMs)
    return reasons.take(address) === 0
  }

  const admitted = new WeakMap<ParlorSocket, Omit<Arrival, 'address'>>()
  io.use((socket: ParlorSocket, next) => {
    admit(socket).then(
      (arrival) => {
        admitted.set(socket, arrival)
        next()
      },
      (error: unknown) => next(asHandshakeRefusal(error)),
    )
  })

  function asHandshakeRefusal(error: unknown): HandshakeRefusal {
    if (error instanceof HandshakeRefusal) return error
    if (error instanceof Refusal) return new HandshakeRefusal(error.toWire())
    services.report(error, { during: 'handshake' })
    return new HandshakeRefusal({ code: 'internal' })
  }

  io.on('connection', (socket: ParlorSocket) => {
    const address = addressKey(socket.request.socket.remoteAddress)
    const dispatch = serveSocket(
      socket,
      { person: undefined, offered: undefined, ...admitted.get(socket), address },
      serving,
    )
    dispatches.add(dispatch)
    socket.on('disconnect', () => void dispatch.idle().then(() => dispatches.delete(dispatch)))
  })

  function take(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const frames = createTokenBuckets({ burst: limits.frameBurst, perSecond: limits.framesPerSecond })
    inner.emit('upgrade', request, socket, head)
    watchFrames(socket, {
      take: () => frames.take(''),
      mostUnread: limits.sendQueueBytes * 4,
      close(reason) {
        log('connection_dropped', { reason })
        socket.destroy()
      },
    })
  }

  return {
    upgrade(request, socket, head) {
      const address = addressKey(request.socket.remoteAddress)
      if (!isSocketRequest(request)) refuseUpgrade(socket, 404, 'Not Found')
      else if (isWelcome(request, address)) take(request, socket, head)
      else {
        const retryAfter = String(Math.ceil(arrivals.waitMs(address) / 1_000))
        refuseUpgrade(socket, 429, 'Too Many Requests', { 'Retry-After': retryAfter })
      }
    },
    async idle() {
      await Promise.all([...dispatches].map((dispatch) => dispatch.idle()))
    },
    close() {
      io.disconnectSockets(true)
      io.engine.close()
    },
  }
}

/** A new websocket session and nothing else: Engine.IO's other ways in are closed before it sees them. */
function isSocketRequest({ url = '' }: IncomingMessage): boolean {
  if (!url.startsWith(`${socketPath}?`)) return false
  const query = new URLSearchParams(url.slice(socketPath.length + 1))
  return query.get('EIO') === '4' && query.get('transport') === 'websocket' && !query.has('sid')
}
