import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client'
import { createLatch } from '../latch'
import { readConnectError } from './connect-error'
import type { Heard, Link, LinkEnd, LinkOptions } from './link'

/** More than any honest page of a room; keeps a hostile server from filling our memory with one packet. Node only. */
const mostPayloadBytes = 32 * 1024 * 1024

const socketOptions: Partial<ManagerOptions & SocketOptions> & { maxPayload: number } = {
  transports: ['websocket'],
  forceNew: true,
  reconnection: false,
  autoConnect: false,
  maxPayload: mostPayloadBytes,
}

/** Opens one Socket.IO connection. The only place that knows socket.io-client. */
export function openSocketIoLink(options: LinkOptions): Link {
  const ended = createLatch()
  const socket = io(options.url, { ...socketOptions, timeout: options.timeoutMs, auth: options.handshake })
  // The manager's own timeout ends with the transport; a server may then still leave us without an answer.
  const handshakeTimer = setTimeout(() => end({ kind: 'silent' }), options.timeoutMs)

  function end(reason: LinkEnd | undefined) {
    if (ended.isSet()) return
    ended.set()
    clearTimeout(handshakeTimer)
    socket.offAny()
    socket.disconnect()
    if (reason) options.onEnd(reason)
  }

  socket.on('connect', () => {
    clearTimeout(handshakeTimer)
    options.onOpen()
  })
  socket.on('connect_error', (error) => end(readConnectError(error)))
  socket.on('disconnect', () => end({ kind: 'lost' }))
  socket.onAny((name: string, payload: unknown) => options.onAnnouncement(name, payload))
  socket.connect()

  return {
    ended,
    drop: () => end({ kind: 'lost' }),
    close: () => end(undefined),
    ask: (command, input, timeoutMs) =>
      new Promise<Heard>((resolve) => {
        if (!socket.connected) {
          resolve({ kind: 'lost' })
          return
        }
        socket.timeout(timeoutMs).emit(command, input, (error: Error | null, raw: unknown) => {
          if (!error) resolve({ kind: 'answer', raw })
          else resolve({ kind: socket.connected ? 'silent' : 'lost' })
        })
      }),
  }
}
