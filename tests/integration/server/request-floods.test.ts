import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { closed } from '../../support/socket-ends'

/** What came back for all that was asked from an address before the connection was closed. */
async function ask(port: number, localAddress: string, times: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  onTestFinished(() => void socket.destroy())
  let answer = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')))
  const ended = closed(socket)
  socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`.repeat(times))
  if (times === 1) socket.end()
  await ended
  return answer
}

test('an address that has asked for far too much is not read any more, and others are answered', async () => {
  const parlor = await openParlor({ limits: { requestBurst: 300, requestsPerSecond: 1 } })
  const { port } = parlor.server

  expect(await ask(port, '127.0.0.2', 1)).toContain(' 200 ')
  for (let n = 0; n < 30; n++) await ask(port, '127.0.0.2', 1_000)

  expect(await ask(port, '127.0.0.2', 1)).toBe('')
  expect(await ask(port, '127.0.0.3', 1)).toContain(' 200 ')
  expect(parlor.logged).toContainEqual(
    expect.objectContaining({ event: 'connection_refused', reason: 'too_many_requests' }),
  )
})
