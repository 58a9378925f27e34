import type { Log } from '../server-options'
import type { ParlorSocket } from './socket-connection'

interface Packet {
  type: string
}

/**
 * Engine.IO ignores packets that only a server sends, and takes a pong at any time: each starts its timers anew. Whoever
 * sends either is no client of ours. A ping is answered once.
 */
export function closeOnMisuse(engine: ParlorSocket['conn'], log: Log) {
  let isAsked = false
  engine.on('packetCreate', ({ type }: Packet) => {
    if (type === 'ping') isAsked = true
  })
  engine.on('packet', ({ type }: Packet) => {
    if (type === 'message') return
    const isAnswer = type === 'pong' && isAsked
    isAsked = false
    if (isAnswer) return
    log('connection_closed', { reason: type === 'pong' ? 'unasked_pong' : 'misuse' })
    engine.close()
  })
}
