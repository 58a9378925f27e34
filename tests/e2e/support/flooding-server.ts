import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'

const roomId = 'ABC234'
const you = { memberId: randomUUID(), name: 'Ada', online: true, role: 'member' }
const room = { roomId, kind: 'group', title: 'Trap', createdAt: 1, rev: 0, retention: 'forever' }
const entry = {
  room,
  you,
  members: [you],
  messages: [],
  reads: [],
  blocked: [],
  fileBytes: 1_000,
  session: 'S'.repeat(43),
  reset: false,
  hasMore: false,
}
const strangers = Array.from({ length: 20_000 }, (_, at) => ({ ...you, memberId: randomUUID(), name: `Sock ${at}` }))
const say = (seq: number, rev: number) => ({
  message: {
    roomId,
    seq,
    rev,
    clientKey: randomUUID(),
    author: { memberId: strangers[seq % 100]!.memberId, name: 'Sock' },
    text: `message ${seq} ${'x'.repeat(200)}`,
    sentAt: 1,
    pinned: false,
    reactions: [],
    attachments: [],
  },
})

/** What is announced 20,000 times, kind by kind. The room's counter goes on from one to the next. */
export const floods: Readonly<Record<string, (at: number) => readonly [string, object]>> = {
  member_joined: (at) => ['member_joined', { roomId, member: strangers[at] }],
  typing_changed: (at) => ['typing_changed', { roomId, memberId: strangers[at]!.memberId, typing: true }],
  read_changed: (at) => ['read_changed', { roomId, memberId: strangers[at]!.memberId, seq: at }],
  message_posted: (at) => ['message_posted', say(at + 1, at + 1)],
  message_changed: (at) => ['message_changed', say(1 + (at % 300), 20_001 + at)],
  'message_posted ahead of a gap': (at) => ['message_posted', say(50_000 + at, 50_000 + at)],
  room_changed: (at) => ['room_changed', { room: { ...room, title: `Trap ${at}` } }],
  direct_opened: (at) => [
    'direct_opened',
    {
      room: {
        ...room,
        kind: 'direct',
        roomId: Array.from(String(at + 200_000), (digit) => 'ABCDEFGHJK'[Number(digit)]).join(''),
      },
    },
  ],
  member_left: (at) => ['member_left', { roomId, memberId: strangers[at]!.memberId, reason: 'left' }],
}

export interface FloodingServer {
  port: number
  /** Announces one kind 20,000 times as fast as it goes; resolves when all are handed to the network. */
  flood: (kind: string) => Promise<void>
  /** Says that it is over, in a way that can be seen. */
  end: (title: string) => void
  close: () => Promise<unknown>
}

/** A server that lets everybody in and then says too much. */
export async function startFloodingServer(): Promise<FloodingServer> {
  const http = createServer((_request, response) => response.end())
  const io = new Server(http, { transports: ['websocket'] })
  let socket: Socket | undefined
  io.on('connection', (opened) => {
    socket = opened
    opened.onAny((command: string, input: { roomId?: string }, ack: (reply: object) => void) =>
      // It has one room; what it says of others is nothing that can be joined.
      ack(
        command === 'join_room' && input.roomId === roomId
          ? { ok: true, value: entry }
          : { ok: false, error: { code: 'room_not_found' } },
      ),
    )
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    port: (http.address() as AddressInfo).port,
    async flood(kind) {
      for (let at = 0; at < 20_000; at++) {
        socket?.emit(...(floods[kind]!(at) as [string, object]))
        if (at % 200 === 0) await new Promise(setImmediate)
      }
    },
    end: (title) => socket?.emit('room_changed', { room: { ...room, title } }),
    close: () => io.close(),
  }
}
