import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Refusal } from '#shared/protocol/errors'
import { SessionToken } from '#shared/protocol/ids'
import { limits as sizes } from '#shared/protocol/limits'
import { Server } from 'socket.io'
import * as v from 'valibot'
import type { AddressKey } from '../budgets/address-key'
import type { ConnectionCounts } from '../budgets/connection-counts'
import type { SparePlaces } from '../budgets/spare-places'
import { personOfSession } from '../commands/person'
import { refuseUpgrade } from '../http/open-http'
import { closeOnMisuse } from './close-on-misuse'
import type { Dispatch } from './dispatch'
import { createFrameLimits } from './frame-limits'
import { HandshakeRefusal, readHandshake } from './handshake'
import { PacketGuard, PacketWriter } from './packet-guard'
import { serveSocket, type Arrival, type SocketServices } from './serve-socket'
import type { ParlorSocket } from './socket-connection'
import { createWelcome } from './welcome'

export interface Transport {
  /** Takes an upgrade that has passed the gate. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Resolves when every command under way is answered. */
  idle: () => Promise<void>
  close: () => void
}

type Admitted = Pick<Arrival, 'person' | 'offered'>

const socketPath = '/socket.io/'
const pingIntervalMs = 10_000
const pingTimeoutMs = 8_000

export interface TransportOptions extends SocketServices {
  addressKey: AddressKey
  connections: ConnectionCounts
  spare: SparePlaces
}

/** Socket.IO behind our own front door: websocket only, one namespace, nothing but JSON. */
export function openTransport(serving: TransportOptions): Transport {
  const { limits, services, log, addressKey, connections, spare } = serving
  const welcome = createWelcome({ limits, addressKey, spare, log })
  const frames = createFrameLimits({ limits, addressKey, log })
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

  async function admit(socket: ParlorSocket): Promise<Admitted> {
    const handshake = readHandshake(socket.handshake.auth)
    const retryAfterMs = welcome.retryAfterMs(socket.request)
    if (retryAfterMs !== undefined) throw new HandshakeRefusal({ code: 'rate_limited', retryAfterMs })
    const { session } = handshake
    const person = await personOfSession(session, services.store)
    const offered = v.safeParse(SessionToken, session)
    return { person, offered: offered.success ? offered.output : undefined }
  }

  const admitted = new WeakMap<ParlorSocket, Admitted>()
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
    const arrival = { person: undefined, offered: undefined, ...admitted.get(socket), address }
    const makeKnown = () => {
      frames.makeKnown(socket.request.socket)
      connections.makeKnown(socket.request.socket)
    }
    if (arrival.person) makeKnown()
    const dispatch = serveSocket(socket, { ...arrival, makeKnown }, serving)
    dispatches.add(dispatch)
    socket.on('disconnect', () => void dispatch.idle().then(() => dispatches.delete(dispatch)))
  })

  return {
    upgrade(request, socket, head) {
      if (!isSocketRequest(request)) refuseUpgrade(socket, 404, 'Not Found')
      else if (!welcome.letsIn(request)) {
        const seconds = Math.ceil((welcome.retryAfterMs(request) ?? 0) / 1_000)
        refuseUpgrade(socket, 429, 'Too Many Requests', { 'Retry-After': String(seconds) })
      } else {
        inner.emit('upgrade', request, socket, head)
        frames.watch(request.socket)
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
