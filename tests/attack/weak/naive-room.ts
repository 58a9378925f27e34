import { randomInt, randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io'

/** Whatever came: nobody looks. */
export type Asked = Record<string, unknown>

export interface NaiveMessage {
  seq: number
  text: string
  pinned: boolean
  reactions: { emoji: string; memberIds: string[] }[]
  [field: string]: unknown
}

export interface NaiveRoom {
  room: {
    roomId: string
    kind: 'group' | 'direct'
    title: string
    createdAt: number
    rev: number
    retention: 'forever'
  }
  members: { memberId: string; name: string; online: boolean; role: 'member' }[]
  messages: NaiveMessage[]
  sockets: Set<Socket>
}

const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ'

export const createNaiveRoom = (kind: 'group' | 'direct'): NaiveRoom => ({
  room: {
    roomId: Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join(''),
    kind,
    title: '',
    createdAt: Date.now(),
    rev: 0,
    retention: 'forever',
  },
  members: [],
  messages: [],
  sockets: new Set(),
})

export function tellAll({ sockets }: NaiveRoom, name: string, payload: unknown) {
  for (const socket of sockets) socket.emit(name, payload)
}

export function post(to: NaiveRoom, author: { memberId: string; name: string }, said: Asked) {
  const seq = ++to.room.rev
  const message: NaiveMessage = {
    roomId: to.room.roomId,
    seq,
    rev: seq,
    clientKey: typeof said['clientKey'] === 'string' ? said['clientKey'] : randomUUID(),
    author,
    text: String(said['text']),
    sentAt: Date.now(),
    pinned: false,
    reactions: [],
    attachments: [],
  }
  to.messages.push(message)
  tellAll(to, 'message_posted', { message })
  return { message }
}
