import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { textFrame } from '../../../../src/server/transport/frame'

/** What a client reads from the bytes, by a server that sends nothing else. */
async function read(bytes: Buffer, count: number): Promise<string[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (_socket, { socket }) => socket.write(bytes))
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate: false })
  const texts: string[] = []
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject)
    client.on('message', (message: Buffer, isBinary) => {
      texts.push(isBinary ? 'binary' : message.toString())
      if (texts.length === count) resolve()
    })
  })
  client.terminate()
  server.close()
  return texts
}

test('frames of every length are read back as they were, in order', async () => {
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000].map((length) => 'x'.repeat(length))
  expect(await read(Buffer.concat(texts.map(textFrame)), texts.length)).toEqual(texts)
})

test('any text is read back as it was', async () => {
  const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 300 }), { numRuns: 500, seed: 3 })
  expect(await read(Buffer.concat(texts.map(textFrame)), texts.length)).toEqual(texts)
})
