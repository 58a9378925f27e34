import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { newKey, openParlor } from '../../support/open-parlor'
import { openRawPerson, openRawSocket } from '../../support/raw-socket'

test('a pong answers a ping, once: whoever sends more is closed', async () => {
  const parlor = await openParlor({ limits: { joinMs: 60_000 } })
  const socket = await openRawPerson(parlor.url)
  // Answered by the socket itself.
  await socket.next('2')
  socket.send('420["leave_room",{}]')
  await socket.next('430')

  socket.send('3')
  await socket.closed
  expect(parlor.logged).toContainEqual(expect.objectContaining({ reason: 'unasked_pong' }))
}, 40_000)

const floods: Record<string, (ws: WebSocket) => void> = {
  pings: (ws) => ws.ping(),
  pongs: (ws) => ws.pong(),
  'pieces of one message': (ws) => ws.send('4', { fin: false }),
  'empty pieces': (ws) => ws.send('', { fin: false }),
}

test.each(Object.entries(floods))('a flood of %s ends its connection, and nobody else’s', async (_, sendOne) => {
  const parlor = await openParlor({ limits: { frameBurst: 100, framesPerSecond: 1 } })
  const ada = await parlor.host('ada')
  const socket = await openRawPerson(parlor.url)
  for (let n = 0; n < 101; n++) sendOne(socket.ws)

  await socket.closed
  expect(parlor.logged).toContainEqual(expect.objectContaining({ reason: 'too_many_frames' }))
  const hello = { roomId: ada.roomId, clientKey: newKey(), text: 'hello' }
  expect(await ada.ask('send_message', hello)).toMatchObject({ ok: true })
})

test('what has not joined at one address sends so much in all, however many connections it is', async () => {
  const parlor = await openParlor({ limits: { frameBurst: 100, framesPerSecond: 1 } })
  const ada = await parlor.host('ada')
  const packet = `420${JSON.stringify(['send_message', { roomId: ada.roomId, text: 'x'.repeat(60_000) }])}`
  // Fifteen frames each, in their bytes.
  const sockets = await Promise.all(Array.from({ length: 10 }, () => openRawSocket(parlor.url)))
  for (const socket of sockets) socket.send(packet)

  await Promise.all(sockets.map(({ closed }) => closed))
  expect(await ada.ask('leave_room', { roomId: ada.roomId })).toMatchObject({ ok: true })
})

test('who sends pings and reads no pong is dropped before much is kept for them', async () => {
  const parlor = await openParlor({
    limits: { sendQueueBytes: 10_000, frameBurst: Infinity, framesPerSecond: Infinity },
  })
  const socket = await openRawPerson(parlor.url)
  socket.ws.pause()
  const isDropped = () => parlor.logged.some(({ reason }) => reason === 'slow_reader')
  const payload = Buffer.alloc(125)
  while (!isDropped()) {
    for (let n = 0; n < 2_000; n++) socket.ws.ping(payload)
    await new Promise((resolve) => setImmediate(resolve))
  }
  socket.ws.terminate()
}, 30_000)
