import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { stopReading } from '../../../src/server/http/stop-reading'
import { closed } from '../../support/socket-ends'

const most = 5

// It changes a field of Node's parser that a later Node may name otherwise.
test('of a thousand requests that arrive at once Node reads none beyond the one at which it is told to stop', async () => {
  let read = 0
  const server = createServer((request, response) => {
    if (++read >= most) stopReading(request.socket)
    else response.end('hello')
  })
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (let round = 1; round <= 3; round++) {
    read = 0
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    socket.resume()
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1_000))
    await closed(socket)
    expect(read).toBe(most)
  }
})
