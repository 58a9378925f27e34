import { scryptSync } from 'node:crypto'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { readOptions, wholeNumber } from '../../chaos/command-line'
import { createNaiveChat } from './naive-chat'
import { createNaiveFiles, serveNaively } from './naive-files'
import type { Asked } from './naive-room'

/**
 * The control of the attacks: a first try at the same server, on Socket.IO and Node as they come. It counts before it
 * looks, keeps no budgets, writes everything down at once and waits for whoever is slow.
 */
const { values } = readOptions(['port'])
const files = createNaiveFiles()
const chat = createNaiveChat(files)
const http = createServer((request, response) => serveNaively(request, response, files))
const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 65_536 })

const log = (msg: string) => void process.stderr.write(`${JSON.stringify({ level: 30, time: Date.now(), msg })}\n`)
io.engine.on('connection', () => log('connected'))
io.on('connection', (socket) => {
  // A key of its own for everybody who comes.
  scryptSync(socket.id, 'naive', 32, { N: 4_096 })
  const wire = socket.conn.transport as unknown as { socket: NodeJS.EventEmitter }
  wire.socket.on('ping', chat.note)
  const visitor = chat.visitor(socket)
  socket.onAny((name: string, input: Asked, ack: (reply: unknown) => void) => {
    chat.note()
    try {
      ack({ ok: true, value: visitor.ask(name, input) })
    } catch (error) {
      log('refused')
      ack({ ok: false, error: { code: error instanceof Error ? error.message : 'internal' } })
    }
  })
  socket.on('disconnect', () => log('disconnected'))
})

const port = wholeNumber('port', values.port, 0)
http.listen(port, '127.0.0.1', () => process.stdout.write(`Parlor server listening on http://127.0.0.1:${port}\n`))
process.once('SIGTERM', () => {
  io.disconnectSockets(true)
  http.close(() => process.exit(0))
})
