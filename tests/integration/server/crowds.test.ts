import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { serverLimits } from '../../../src/server/limits'
import { openParlor } from '../../support/open-parlor'
import { rawRequest, requestHead } from '../../support/raw-http'
import { closed } from '../../support/socket-ends'

const people = 200
const standard = serverLimits()

function openTcp(port: number, localAddress?: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', ...(localAddress !== undefined && { localAddress }) })
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  return once(socket, 'connect').then(() => socket.resume())
}

test('an office of 200 at one address gets in, each with a page and a socket', async () => {
  const parlor = await openParlor({ limits: standard })
  const ada = await parlor.host('ada')
  const page = () =>
    rawRequest(parlor.server.port, requestHead('GET', '/healthz', [`Host: 127.0.0.1:${parlor.server.port}`]))
  async function arrive(n: number) {
    const pages = await Promise.all([page(), page(), page()])
    const person = await parlor.join(`guest ${n}`)
    return pages.every(({ status }) => status === 200) && person.entry.room.roomId === ada.roomId
  }

  const joined = []
  for (let n = 0; n < people; n += 20)
    joined.push(...(await Promise.all(Array.from({ length: 20 }, (_, other) => arrive(n + other)))))

  expect(joined).toEqual(Array(people).fill(true))
}, 60_000)

test('an address that floods is held to its share, and others find a place', async () => {
  const limits = { ...standard, connections: 60, connectionsPerAddress: 30 }
  const parlor = await openParlor({ limits })
  const { port } = parlor.server
  const open = new Set<Socket>()
  for (let n = 0; n < 200; n++) {
    const socket = await openTcp(port, '127.0.0.2')
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  const ada = await parlor.host('ada')

  expect(ada.entry.you.name).toBe('ada')
  await expect.poll(() => open.size).toBeLessThanOrEqual(30 + 8)
  expect(parlor.logged.filter(({ event }) => event === 'connection_refused').length).toBeLessThanOrEqual(2)
})

test('where there is no place left, an app is told so, and a browser in words', async () => {
  const parlor = await openParlor({ limits: { connectionsPerAddress: 2 } })
  const { port } = parlor.server
  const people = [await parlor.connect(), await parlor.connect()]

  await expect(parlor.connect()).rejects.toMatchObject({ data: { code: 'rate_limited', retryAfterMs: 10_000 } })
  const answer = await rawRequest(port, requestHead('GET', '/', [`Host: 127.0.0.1:${port}`]))
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10', refresh: '10' } })
  expect(answer.body).toContain('as many connections from your network as it takes')

  people[0]?.close()
  await expect
    .poll(
      () =>
        parlor.connect().then(
          () => 'in',
          () => 'out',
        ),
      { timeout: 5_000 },
    )
    .toBe('in')
})

test('a place to be told in is not kept by who asks nothing', async () => {
  const parlor = await openParlor({ limits: { connectionsPerAddress: 1 } })
  await parlor.connect()
  const silent = await openTcp(parlor.server.port)
  await closed(silent)
})
