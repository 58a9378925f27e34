import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { PacketGuard, PacketWriter } from '../../../../src/server/transport/packet-guard'

/**
 * What the fast path takes for granted of Socket.IO, Engine.IO and ws, none of which they promise. When an update
 * moves one of them, this says which: see socket-connection.ts, frame.ts and close-on-misuse.ts.
 */
interface Engine {
  readyState: unknown
  writeBuffer: unknown
  transport: { name: unknown; perMessageDeflate?: unknown; socket: { _socket: unknown; extensions: unknown } }
}

async function connected() {
  const http = createServer()
  const parser = { Encoder: PacketWriter, Decoder: PacketGuard }
  const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false, pingInterval: 50, parser })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const arrived = new Promise<Socket>((resolve) => server.on('connection', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const client = io(url, { transports: ['websocket'], reconnection: false })
  onTestFinished(async () => {
    client.close()
    await server.close()
  })
  const socket = await arrived
  return { socket, client, engine: socket.conn as unknown as Engine }
}

test('Engine.IO has readyState, an array as writeBuffer and transport, and compresses nothing', async () => {
  const { engine, socket } = await connected()
  await expect.poll(() => engine.writeBuffer).toEqual([])

  expect([engine.readyState, engine.transport.name]).toEqual(['open', 'websocket'])
  expect(engine.transport.perMessageDeflate).toBeFalsy()
  expect(engine.transport.socket.extensions).toBe('')
  expect(engine.transport.socket._socket).toBe(socket.request.socket)
})

test('a packet that waits is in writeBuffer, with its text as data', async () => {
  const { engine, socket } = await connected()
  await expect.poll(() => engine.writeBuffer).toEqual([])
  socket.emit('one', 1)
  socket.emit('two', 2)

  expect(engine.writeBuffer).toEqual(expect.arrayContaining([expect.objectContaining({ data: '2["two",2]' })]))
})

test('Socket.IO makes acknowledgements with ack(id), of an own or an inherited method it calls by name', async () => {
  const { socket, client } = await connected()
  const made: number[] = []
  const acknowledging = socket as unknown as { ack: (id: number) => (...answer: unknown[]) => void }
  const ordinary = acknowledging.ack.bind(socket)
  acknowledging.ack = (id) => {
    made.push(id)
    return ordinary(id)
  }
  socket.on('question', (answer: (word: string) => void) => answer('yes'))

  expect(await client.emitWithAck('question')).toBe('yes')
  expect(made).toEqual([0])
})

test('Engine.IO says packetCreate of each ping before its pong is a packet', async () => {
  const { socket } = await connected()
  const seen: string[] = []
  socket.conn.on('packetCreate', ({ type }: { type: string }) => seen.push(`to ${type}`))
  socket.conn.on('packet', ({ type }: { type: string }) => seen.push(`from ${type}`))

  await expect.poll(() => seen.slice(0, 2)).toEqual(['to ping', 'from pong'])
})

test('a middleware of socket.use hears every event and Socket.IO emits none that is not passed on', async () => {
  const { socket, client } = await connected()
  const heard: unknown[] = []
  socket.use((event) => void heard.push(event[0]))
  socket.on('anything', () => heard.push('emitted'))
  client.emit('anything', 1)

  await expect.poll(() => heard).toEqual(['anything'])
})
