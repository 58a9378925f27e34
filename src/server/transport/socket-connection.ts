import type { Socket as NetSocket } from 'node:net'
import type { ServerToClientEvents } from '#shared/protocol/contract'
import type { Socket } from 'socket.io'
import type { Connection } from '../rooms/connection'
import { answerFrame } from './frame'

export type ParlorSocket = Socket<Record<string, never>, ServerToClientEvents>

/** What we read of an Engine.IO socket; its types keep the write buffer private. */
interface Engine {
  readyState: string
  writeBuffer: readonly { data?: unknown }[]
  transport: { name: string; perMessageDeflate?: unknown }
}

/** Where Socket.IO sends an acknowledgement from; its types keep it private. */
interface Acknowledging {
  ack: (id: number) => (...answer: unknown[]) => void
}

/** One Socket.IO socket as rooms and fan-out see it. */
export function socketConnection(socket: ParlorSocket, onDrop: (reason: string) => void): Connection {
  const engine = socket.conn as unknown as Engine
  const wire: NetSocket = socket.request.socket

  // Engine.IO holds nothing back and no frame is compressed: bytes written now keep their place among its own.
  const isSimple = () =>
    engine.transport.name === 'websocket' &&
    !engine.transport.perMessageDeflate &&
    engine.readyState === 'open' &&
    engine.writeBuffer.length === 0 &&
    wire.writable

  function write(frames: Buffer): boolean {
    if (!isSimple()) return false
    wire.write(frames)
    return true
  }

  const queuedBytes = () => wire.writableLength + (engine.writeBuffer.length > 0 ? bytesIn(engine.writeBuffer) : 0)

  const taken = (bytes: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (queuedBytes() > bytes && !wire.destroyed) return
        wire.off('drain', look).off('close', look)
        resolve()
      }
      wire.on('drain', look).on('close', look)
      look()
    })

  answerThrough(write, socket as unknown as Acknowledging)
  return {
    id: socket.id,
    emit: (name, payload) => void (socket as Socket).emit(name, payload),
    write,
    queuedBytes,
    taken,
    cork: () => wire.cork(),
    uncork: () => wire.uncork(),
    drop(reason) {
      onDrop(reason)
      // A closing handshake would wait for a reader that does not read.
      wire.destroy()
    },
  }
}

/**
 * Engine.IO sends one packet and waits a turn before the next: of several answers at once each would leave alone, and
 * the turn's announcements behind them, the slow way.
 */
function answerThrough(write: (frame: Buffer) => boolean, socket: Acknowledging) {
  const ordinary = socket.ack.bind(socket)
  socket.ack = (id) => {
    const acknowledge = ordinary(id)
    let isAnswered = false
    return (...answer) => {
      if (isAnswered) return
      isAnswered = true
      if (!write(answerFrame(id, answer))) acknowledge(...answer)
    }
  }
}

const bytesIn = (packets: Engine['writeBuffer']) =>
  packets.reduce((bytes, { data }) => bytes + (typeof data === 'string' ? data.length : 0), 0)
