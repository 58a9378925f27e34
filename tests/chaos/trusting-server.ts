import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { readOptions, wholeNumber } from './command-line'

/** The control of the fuzz run: just enough of Parlor for its canary, on Socket.IO as it comes. */
interface Send {
  roomId: string
  clientKey: string
  text: string
}
type Ack = (reply: unknown) => void

const { values } = readOptions(['port'])
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
const room = { roomId: 'ABC234', rev: 0 }
const enter = (_input: unknown, ack: Ack) => ack({ ok: true, value: { room, session: 'x' } })

io.on('connection', (socket) => {
  socket.on('create_room', enter)
  socket.on('join_room', enter)
  socket.on('send_message', ({ roomId, clientKey, text }: Send, ack: Ack) => {
    const message = { roomId, clientKey, text: text.trim(), seq: ++room.rev }
    io.emit('message_posted', { message })
    ack({ ok: true, value: { message } })
  })
})

const port = wholeNumber('port', values.port, 0)
http.listen(port, '127.0.0.1')
await once(http, 'listening')
process.stdout.write(`Parlor server listening on http://127.0.0.1:${port}\n`)
process.once('SIGTERM', () => process.exit(0))
