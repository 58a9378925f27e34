import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countingStore } from '../../support/counting-store'
import { announce, askUpload, draftOf, sendBytes, upload } from '../../support/files'
import { openFilesUnder } from '../../support/open-files-under'
import { openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const size = 1_000_000
const uploadsOpen = ({ dataDir }: Parlor) => openFilesUnder(join(dataDir, 'files/uploads')).length

/** Begins an upload over a connection of its own, sends three bytes and falls silent. */
async function stall(parlor: Parlor, person: Person): Promise<Socket> {
  const draft = draftOf(randomBytes(size))
  await announce(person, draft)
  const socket = connect(parlor.server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  const lines = [
    `PATCH /uploads/${draft.fileId} HTTP/1.1`,
    `Host: 127.0.0.1:${parlor.server.port}`,
    `Authorization: Bearer ${person.session}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${size}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\nabc`)
  return socket
}

const answerOf = (socket: Socket) =>
  new Promise<string>((resolve) => socket.once('data', (answer) => resolve(answer.toString('latin1').slice(0, 12))))

test('uploads that stall end with their answer: no file stays open, and their sender’s places are free', async () => {
  const parlor = await openParlor({ limits: { requestTimeoutMs: 1_500, uploadsPerMember: 3 } })
  await parlor.host('ada')
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => parlor.join(`guest ${n}`)))
  const stalled = await Promise.all(people.flatMap((person) => [1, 2, 3].map(() => stall(parlor, person))))
  const answers = Promise.all(stalled.map(answerOf))

  expect(new Set(await answers)).toEqual(new Set(['HTTP/1.1 408']))
  await expect.poll(() => uploadsOpen(parlor), { timeout: 5_000 }).toBe(0)
  for (const person of people) await upload(parlor.url, person, draftOf(randomBytes(100)))
}, 40_000)

test('an upload whose connection goes ends as well, answered or not', async () => {
  const parlor = await openParlor({ limits: { uploadsPerMember: 3 } })
  const ada = await parlor.host('ada')
  for (let round = 0; round < 3; round++) {
    const stalled = await Promise.all([1, 2, 3].map(() => stall(parlor, ada)))
    await expect.poll(() => uploadsOpen(parlor), { timeout: 5_000 }).toBe(3)
    for (const socket of stalled) socket.destroy()
    await expect.poll(() => uploadsOpen(parlor), { timeout: 5_000 }).toBe(0)
  }
  await upload(parlor.url, ada, draftOf(randomBytes(100)))
})

test('a stop waits neither for uploads that stall nor for answers that nobody reads', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const draft = await upload(parlor.url, ada, draftOf(randomBytes(20_000_000)))
  const { path } = await ada.get('open_file', { roomId: ada.roomId, fileId: draft.fileId })
  await Promise.all([1, 2, 3].map(() => stall(parlor, ada)))
  await expect.poll(() => uploadsOpen(parlor)).toBe(3)
  const readers = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const socket = connect(parlor.server.port, '127.0.0.1')
      socket.on('error', () => undefined)
      onTestFinished(() => void socket.destroy())
      await once(socket.pause(), 'connect')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${parlor.server.port}\r\n\r\n`.repeat(10))
      return socket
    }),
  )
  await expect.poll(() => openFilesUnder(join(parlor.dataDir, 'files')).length).toBe(13)

  const started = performance.now()
  await parlor.stop()
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(openFilesUnder(parlor.dataDir)).toEqual([])
  for (const socket of readers) socket.destroy()
})

test('whoever asks for uploads without a session soon costs no look into the store, and hinders no sender', async () => {
  const { openStore, asked } = countingStore()
  const limits = { uploadRefusalBurst: 20, uploadRefusalsPerSecond: 0.001 }
  const parlor = await openParlor({ openStore, limits })
  const ada = await parlor.host('ada')
  const speaker = { url: parlor.url, person: ada }
  const nobody = { url: parlor.url, person: { session: 'x'.repeat(43) as Person['session'] } }
  const ask = (who: typeof nobody) => askUpload(who, crypto.randomUUID())
  const statuses = async (who: typeof nobody, count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, () => ask(who)))
    return answers.map(({ status }) => status).toSorted()
  }
  const before = asked('findPerson')

  const refused = await statuses(nobody, 60)
  expect(refused).toEqual([...Array.from({ length: 20 }, () => 401), ...Array.from({ length: 40 }, () => 429)])
  expect(asked('findPerson') - before).toBe(20)
  await upload(parlor.url, ada, draftOf(randomBytes(100)))

  const lost = asked('ownFile')
  expect(new Set(await statuses(speaker, 60))).toEqual(new Set([404, 429]))
  expect(asked('ownFile') - lost).toBeLessThan(60)
  const draft = draftOf(randomBytes(100))
  const grace = await parlor.join('grace')
  await announce(grace, draft)
  expect((await sendBytes({ url: parlor.url, person: grace }, draft.fileId, draft.bytes)).status).toBe(204)
})

test('requests for uploads that come in bulk are looked up one at a time per connection', async () => {
  const { openStore, asked } = countingStore()
  const parlor = await openParlor({ openStore })
  const ada = await parlor.host('ada')
  const before = process.memoryUsage().rss
  const head = `HEAD /uploads/${crypto.randomUUID()} HTTP/1.1\r\nHost: 127.0.0.1:${parlor.server.port}\r\nAuthorization: Bearer ${'x'.repeat(43)}\r\n\r\n`
  const asking = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const socket = connect(parlor.server.port, '127.0.0.1')
      socket.on('error', () => undefined)
      await once(socket.pause(), 'connect')
      socket.write(head.repeat(5_000))
      return socket
    }),
  )
  await ada.get('join_room', { roomId: ada.roomId })
  for (const socket of asking) socket.destroy()

  expect(asked('findPerson')).toBeLessThan(500)
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
})
