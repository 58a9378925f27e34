import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { onTestFinished } from 'vitest'

export const you = { memberId: '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce', name: 'Grace', online: true, role: 'member' }
export const other = { ...you, memberId: you.memberId.replace('01a', '02b'), name: 'Mallory' }
export const room = { roomId: 'ABC234', kind: 'group', title: 'Trap', createdAt: 1, rev: 0, retention: 'forever' }
const session = 'S'.repeat(43)
export const post = (seq: number, change: object = {}) => ({
  roomId: 'ABC234',
  seq,
  rev: seq,
  clientKey: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
  author: { memberId: other.memberId, name: other.name },
  text: `message ${seq}`,
  sentAt: 1,
  pinned: false,
  reactions: [],
  attachments: [],
  ...change,
})
export const entry = {
  room,
  you,
  members: [you],
  messages: [] as readonly object[],
  reads: [] as readonly object[],
  blocked: [] as readonly string[],
  fileBytes: 1_000,
  session,
  reset: false,
  hasMore: false,
}

export type Answer = (command: string, input: Record<string, unknown>, socket: Socket) => unknown

/** A server that speaks Socket.IO and answers whatever the test says; undefined is silence. */
export async function openScripted(
  answer: Answer,
  answerHttp: RequestListener = (_request, response) => response.end(),
) {
  const http = createServer(answerHttp)
  const io = new Server(http, { transports: ['websocket'] })
  const sockets: Socket[] = []
  io.on('connection', (socket) => {
    sockets.push(socket)
    socket.onAny((command: string, input: Record<string, unknown>, ack: (reply: unknown) => void) => {
      const answered = Promise.resolve(answer(command, input, socket))
      void answered.then((reply) => {
        if (reply !== undefined) ack(reply)
      })
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => io.close())
  const { port } = http.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, sockets }
}

export const ok = (answered: unknown) => ({ ok: true, value: answered })
export const refused = (code: string) => ({ ok: false, error: { code } })
