import { EventEmitter } from 'node:events'
import { limits } from '#shared/protocol/limits'
import { ackText } from './ack-text'

/** https://socket.io/docs/v4/socket-io-protocol/ */
const types = { connect: 0, disconnect: 1, event: 2, ack: 3, connectError: 4 } as const

const most = { arguments: 4, depth: 8, values: 256, idDigits: 15 } as const
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype'])
// Names Socket.IO itself emits: from the wire they would be taken for its own.
const reservedNames = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
])

export interface Packet {
  type: number
  nsp: '/'
  id?: number
  data?: unknown
}

/** Reads one Socket.IO packet of the few kinds a client needs; throws on every other, which closes the connection. */
export function decodePacket(text: string): Packet {
  if (text.length > limits.packetBytes) throw new Error('packet too long')
  switch (text.charCodeAt(0) - 0x30) {
    case types.connect:
      return text.length === 1
        ? { type: types.connect, nsp: '/' }
        : { type: types.connect, nsp: '/', data: checkedObject(JSON.parse(text.slice(1))) }
    case types.disconnect:
      if (text.length > 1) throw new Error('disconnect carries something')
      return { type: types.disconnect, nsp: '/' }
    case types.event:
      return decodeEvent(text)
    default:
      throw new Error('packet type not taken')
  }
}

function decodeEvent(text: string): Packet {
  let start = 1
  while (isDigit(text.charCodeAt(start))) start++
  if (start - 1 > most.idDigits) throw new Error('ack id too long')

  const data: unknown = JSON.parse(text.slice(start))
  if (!Array.isArray(data) || typeof data[0] !== 'string') throw new Error('event without a name')
  if (reservedNames.has(data[0])) throw new Error('event name reserved')
  if (data.length - 1 > most.arguments) throw new Error('too many arguments')
  checkShape(data)
  return { type: types.event, nsp: '/', data, ...(start > 1 && { id: Number(text.slice(1, start)) }) }
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39

function checkedObject(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  checkShape(value)
  return value
}

/** Depth, number of values and keys, in one walk that cannot overflow the stack: it stops at the depth allowed. */
function checkShape(root: unknown) {
  let values = 0
  const walk = (value: unknown, depth: number) => {
    if (++values > most.values) throw new Error('too many values')
    if (typeof value !== 'object' || value === null) return
    if (depth >= most.depth) throw new Error('too deep')
    if (Array.isArray(value)) for (const item of value) walk(item, depth + 1)
    else
      for (const key of Object.keys(value)) {
        if (dangerousKeys.has(key)) throw new Error('dangerous key')
        walk((value as Record<string, unknown>)[key], depth + 1)
      }
  }
  walk(root, 0)
}

/**
 * What Socket.IO asks of a parser's decoder. Its own takes binary packets, any namespace and any shape; each of those
 * has crashed servers. A connection says CONNECT once: a second would make a second socket on it.
 */
export class PacketGuard extends EventEmitter {
  #isConnected = false

  add(received: unknown) {
    if (typeof received !== 'string') throw new Error('binary not taken')
    const packet = decodePacket(received)
    if (packet.type === types.connect) {
      if (this.#isConnected) throw new Error('connected already')
      this.#isConnected = true
    }
    this.emit('decoded', packet)
  }

  destroy() {
    this.removeAllListeners()
  }
}

/** The encoder that goes with it: what the server sends is JSON in namespace `/`, never binary. */
export class PacketWriter {
  encode({ type, id, data }: { type: number; id?: number; data?: unknown }): [string] {
    if (type === types.ack) return [`${type}${id ?? ''}${ackText(data)}`]
    return [`${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`]
  }
}
