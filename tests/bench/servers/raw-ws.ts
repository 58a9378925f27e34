import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Input } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import { answerParent } from './answer-parent'
import { createRoomInMemory, type RoomInMemory } from './room-in-memory'

// The same texts as on a Socket.IO wire, so that one load generator serves all three; nothing of its machinery.
const opening = '0{}'
const welcome = '40{}'
const event = (name: string, payload: unknown) => `42${JSON.stringify([name, payload])}`

interface OpenRoom extends RoomInMemory {
  sockets: Set<WebSocket>
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
const rooms = new Map<string, OpenRoom>()

server.on('connection', (socket) => {
  let you: Member

  const commands: Record<string, (input: never) => unknown> = {
    create_room: ({ name }: Input<'create_room'>) => {
      const room = { ...createRoomInMemory(), sockets: new Set([socket]) }
      rooms.set(room.roomId, room)
      const value = room.admit(name)
      you = value.you
      return value
    },

    join_room: ({ roomId, name = '' }: Input<'join_room'>) => {
      const room = rooms.get(roomId)!
      const value = room.admit(name)
      you = value.you
      sendAll(room.sockets, event('member_joined', { roomId, member: you }))
      room.sockets.add(socket)
      return { ...value, reset: false, hasMore: false }
    },

    send_message: (draft: Input<'send_message'>) => {
      const room = rooms.get(draft.roomId)!
      const message = room.post(you, draft)
      sendAll(room.sockets, event('message_posted', { message }))
      return { message }
    },
  }

  socket.on('message', (bytes: Buffer) => {
    const packet = bytes.toString()
    if (packet.startsWith('40')) {
      socket.send(welcome)
      return
    }
    const bracket = packet.indexOf('[')
    const [name, input] = JSON.parse(packet.slice(bracket)) as [string, never]
    const reply = { ok: true, value: commands[name]!(input) }
    socket.send(`43${packet.slice(2, bracket)}${JSON.stringify([reply])}`)
  })
  socket.send(opening)
})

function sendAll(sockets: Set<WebSocket>, text: string): void {
  for (const socket of sockets) socket.send(text)
}

await once(server, 'listening')
answerParent((server.address() as AddressInfo).port, () => new Promise((resolve) => server.close(() => resolve())))
