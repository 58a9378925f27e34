import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

// The control: what a first try at a chat server looks like. The killers must kill it, or they prove nothing.
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
io.on('connection', (socket) => {
  socket.on('send_message', ({ roomId }: { roomId: string }, ack: (reply: unknown) => void) => ack(roomId.trim()))
  socket.on('leave_room', ({ roomId }: { roomId: string }, ack: (reply: unknown) => void) => ack(roomId.trim()))
})
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`))
