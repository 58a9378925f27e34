import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type DefaultEventsMap } from 'socket.io'
import type { ClientToServerEvents, ServerToClientEvents } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import { answerParent } from './answer-parent'
import { createRoomInMemory, type RoomInMemory } from './room-in-memory'

const http = createServer()
const io = new Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, { you: Member }>(http, {
  transports: ['websocket'],
  serveClient: false,
})
const rooms = new Map<string, RoomInMemory>()

io.on('connection', (socket) => {
  socket.on('create_room', ({ name }, ack) => {
    const room = createRoomInMemory()
    rooms.set(room.roomId, room)
    const value = room.admit(name)
    socket.data.you = value.you
    void socket.join(room.roomId)
    ack({ ok: true, value })
  })

  socket.on('join_room', ({ roomId, name = '' }, ack) => {
    const value = rooms.get(roomId)!.admit(name)
    socket.data.you = value.you
    socket.to(roomId).emit('member_joined', { roomId, member: value.you })
    void socket.join(roomId)
    ack({ ok: true, value: { ...value, reset: false, hasMore: false } })
  })

  socket.on('send_message', (draft, ack) => {
    const message = rooms.get(draft.roomId)!.post(socket.data.you, draft)
    io.to(draft.roomId).emit('message_posted', { message })
    ack({ ok: true, value: { message } })
  })
})

http.listen(0, '127.0.0.1')
await once(http, 'listening')
answerParent((http.address() as AddressInfo).port, () => io.close())
