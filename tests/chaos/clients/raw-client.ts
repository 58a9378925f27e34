import { io, type Socket } from 'socket.io-client'
import {
  protocolVersion,
  type ClientToServerEvents,
  type CommandName,
  type Input,
  type Output,
  type ServerToClientEvents,
} from '#shared/protocol/contract'
import type { Reply } from '#shared/protocol/errors'
import type { SessionToken } from '#shared/protocol/ids'

/** Plain socket.io-client speaking the contract: nothing of Parlor's own client is in it. */
export interface RawClient {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>
  /** Rejects when the connection is lost first, or after `mostMs`. */
  ask: <C extends CommandName>(name: C, input: Wire<Input<C>>, mostMs?: number) => Promise<Reply<Output<C>>>
  /** Kept from the last reply that gave one; sent with every later handshake. */
  session: () => SessionToken | undefined
  close: () => void
}

/** Any command by name; the contract's own types are on `ask`. */
interface Timed {
  emitWithAck: (name: string, input: unknown) => Promise<unknown>
}

/** Brands do not cross the wire. */
type Wire<T> = { [K in keyof T]: T[K] extends string | undefined ? string | Extract<T[K], undefined> : T[K] }

export function connectRaw(url: string, options: { reconnects?: boolean; from?: string } = {}): RawClient {
  let session: SessionToken | undefined
  // Socket.IO's types leave it out; its WebSocket takes it.
  const network = options.from === undefined ? {} : { localAddress: options.from }
  const socket: RawClient['socket'] = io(url, {
    ...network,
    transports: ['websocket'],
    forceNew: true,
    reconnection: options.reconnects ?? true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 400,
    timeout: 3_000,
    auth: (give) => give({ protocol: protocolVersion, client: 'raw/1.0', ...(session && { session }) }),
  })

  return {
    socket,
    session: () => session,
    async ask(name, input, mostMs = 10_000) {
      const timed = socket.timeout(mostMs) as unknown as Timed
      const reply = (await timed.emitWithAck(name, input)) as Reply<{ session?: SessionToken }>
      if (reply.ok && reply.value.session) session = reply.value.session
      return reply
    },
    close: () => void socket.disconnect(),
  }
}

/** The value of a reply that must be a success. */
export function valueOf<Value>(reply: Reply<Value>, what: string): Value {
  if (!reply.ok) throw new Error(`${what} was refused: ${reply.error.code}`)
  return reply.value
}
