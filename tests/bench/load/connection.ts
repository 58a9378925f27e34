import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { CommandName, Output } from '#shared/protocol/contract'
import type { Reply } from '#shared/protocol/errors'
import { clientFrame, createFrameReader, type FrameListener } from './frames'
import { createPacketReader } from './packets'

/** The ack has arrived; parsing it waits until somebody wants to know. Throws unless it is a success. */
export interface Ack<C extends CommandName> {
  value: () => Output<C>
}

/** One member's socket. It speaks Socket.IO by hand, because receiving must cost next to nothing. */
export interface Connection {
  ask: <C extends CommandName>(command: C, input: object) => Promise<Ack<C>>
  /** Every announcement goes to the latest listener. */
  hear: (listener: FrameListener) => void
  close: () => void
}

const auth = JSON.stringify({ protocol: 1, client: 'parlor-bench/1' })
const pong = clientFrame('3')

// One buffer for all sockets: each read is handled whole before the next one happens.
const sharedBuffer = Buffer.alloc(256 * 1024)

/** Resolves once the server has accepted the handshake. */
export async function openConnection(port: number): Promise<Connection> {
  const asked = new Map<number, (ack: Buffer) => void>()
  let nextId = 0
  let listener: FrameListener = () => {}
  let onWelcome = () => {}
  const welcomed = new Promise<void>((resolve) => (onWelcome = resolve))

  const readPacket = createPacketReader({
    onOpen: () => socket.write(clientFrame(`40${auth}`)),
    onPing: () => socket.write(pong),
    onWelcome: () => onWelcome(),
    onEvent: (bytes, start, end) => listener(bytes, start, end),
    onAck: (id, ack) => {
      asked.get(id)?.(ack)
      asked.delete(id)
    },
  })
  const { socket, close } = await openWebSocket(port, createFrameReader(readPacket))
  await welcomed

  return {
    ask: <C extends CommandName>(command: C, input: object) =>
      new Promise<Ack<C>>((resolve) => {
        const id = nextId++
        asked.set(id, (ack) => resolve({ value: () => valueOf(ack) as Output<C> }))
        socket.write(clientFrame(`42${id}${JSON.stringify([command, input])}`))
      }),
    hear: (next) => (listener = next),
    close,
  }
}

async function openWebSocket(
  port: number,
  readFrames: (chunk: Buffer) => void,
): Promise<{ socket: Socket; close: () => void }> {
  let read = (chunk: Buffer) => {
    const body = chunk.indexOf('\r\n\r\n') + 4
    if (body < 4 || !chunk.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(chunk.toString('latin1'))
    read = readFrames
    readFrames(chunk.subarray(body))
  }
  const callback = (count: number) => {
    read(sharedBuffer.subarray(0, count))
    return true
  }

  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: sharedBuffer, callback } })
  const onClose = () => {
    throw new Error('the server closed a connection')
  }
  socket.on('close', onClose)
  await once(socket, 'connect')
  socket.write(upgradeRequest(port))

  const close = () => {
    socket.off('close', onClose)
    socket.destroy()
  }
  return { socket, close }
}

const upgradeRequest = (port: number) =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: cGFybG9yLWJlbmNobWFyaw==',
    '\r\n',
  ].join('\r\n')

/** The value of a successful ack; anything else ends the benchmark. */
function valueOf(ack: Buffer): unknown {
  const [reply] = JSON.parse(ack.toString()) as [Reply<unknown>]
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.error)}`)
  return reply.value
}
