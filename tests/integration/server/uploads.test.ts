import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announce, askUpload, blobsIn, draftOf, offsetOf, sendBytes, upload, type Draft } from '../../support/files'
import { openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'
import { rawRequest, requestHead } from '../../support/raw-http'
import { closed } from '../../support/socket-ends'

const uploadsOf = ({ dataDir }: Parlor) => readdir(join(dataDir, 'files/uploads'))
async function announced(parlor: Parlor, bytes: number) {
  const ada = await parlor.host('ada')
  const draft = draftOf(randomBytes(bytes))
  await announce(ada, draft)
  return { ada, draft, speaker: { url: parlor.url, person: ada } }
}

/** The head of an upload over a connection of one's own. */
function uploadHead(parlor: Parlor, person: Person, { fileId, size }: Draft, more: readonly string[] = []): string {
  return [
    `PATCH /uploads/${fileId} HTTP/1.1`,
    `Host: 127.0.0.1:${parlor.server.port}`,
    `Authorization: Bearer ${person.session}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${size}`,
    ...more,
    '',
    '',
  ].join('\r\n')
}

test('other bytes than were announced are refused with 460, and gone', async () => {
  const parlor = await openParlor()
  const { ada, draft, speaker } = await announced(parlor, 1_000)

  expect((await sendBytes(speaker, draft.fileId, randomBytes(1_000))).status).toBe(460)
  expect((await askUpload(speaker, draft.fileId)).status).toBe(404)
  expect([await uploadsOf(parlor), await blobsIn(parlor.dataDir)]).toEqual([[], []])
  expect(await ada.ask('open_file', { roomId: ada.roomId, fileId: draft.fileId })).toMatchObject({
    error: { code: 'invalid_request', field: 'fileId' },
  })
  await upload(parlor.url, ada, draft)
})

test('an upload is its sender’s alone, for as long as they are in the room', async () => {
  const parlor = await openParlor()
  const { ada, draft, speaker } = await announced(parlor, 1_000)
  const grace = { url: parlor.url, person: await parlor.join('grace') }
  const nobody = { url: parlor.url, person: { session: 'x'.repeat(43) as Person['session'] } }

  expect((await askUpload(grace, draft.fileId)).status).toBe(404)
  expect((await sendBytes(grace, draft.fileId, draft.bytes)).status).toBe(404)
  expect((await askUpload(nobody, draft.fileId)).status).toBe(401)
  expect((await askUpload(speaker, draft.fileId, { headers: { Authorization: 'Basic YTpi' } })).status).toBe(401)
  expect((await askUpload(speaker, '..%2fparlor.db')).status).toBe(404)
  expect((await askUpload(speaker, draft.fileId)).status).toBe(200)
  await ada.get('leave_room', { roomId: ada.roomId })
  expect((await sendBytes(speaker, draft.fileId, draft.bytes)).status).toBe(404)
})

test('nothing but add_file creates an upload, and only HEAD and PATCH are served', async () => {
  const parlor = await openParlor()
  const { draft, speaker } = await announced(parlor, 1_000)

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'GET'])
    expect([method, (await askUpload(speaker, draft.fileId, { method })).status]).toEqual([method, 405])
  const post = { method: 'POST', headers: { 'Upload-Length': '10', 'X-HTTP-Method-Override': 'PATCH' } }
  expect((await askUpload(speaker, '', post)).status).toBe(405)
  expect((await askUpload(speaker, crypto.randomUUID())).status).toBe(404)
  expect(await uploadsOf(parlor)).toEqual([draft.fileId])
})

test('pages of other origins can neither send nor read', async () => {
  const parlor = await openParlor()
  const { ada, draft } = await announced(parlor, 4)
  const { port } = parlor.server
  const origin = (value: string) => uploadHead(parlor, ada, draft, ['Connection: close', `Origin: ${value}`])

  expect((await rawRequest(port, `${origin('http://evil.example')}abcd`)).status).toBe(403)
  expect((await rawRequest(port, `${origin('null')}abcd`)).status).toBe(403)
  const answer = await rawRequest(port, `${origin(`http://127.0.0.1:${port}`)}abcd`)
  expect(answer.status).toBe(460)
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('more than was announced is refused, however it is sent', async () => {
  const parlor = await openParlor()
  const { ada, draft, speaker } = await announced(parlor, 1_000)

  expect((await sendBytes(speaker, draft.fileId, randomBytes(1_001))).status).toBe(413)
  expect((await sendBytes(speaker, draft.fileId, randomBytes(10), 5)).status).toBe(409)
  const head = requestHead('PATCH', `/uploads/${draft.fileId}`, [
    ...uploadHead(parlor, ada, draft).split('\r\n').slice(1, 6),
    'Transfer-Encoding: chunked',
  ])
  const piece = `600\r\n${'x'.repeat(0x600)}\r\n`
  const answer = await rawRequest(parlor.server.port, `${head}${piece}${piece}0\r\n\r\n`)
  expect([413, 0]).toContain(answer.status)
  expect(await offsetOf(speaker, draft.fileId)).toBeLessThanOrEqual(1_000)
  expect(await blobsIn(parlor.dataDir)).toEqual([])
})

test('a body that stands still is closed, and what came of it is kept', async () => {
  const parlor = await openParlor({ limits: { requestTimeoutMs: 300, uploadBytesPerSecond: 10_000 } })
  const { ada, draft, speaker } = await announced(parlor, 100_000)
  const started = Date.now()

  const sent = Buffer.concat([Buffer.from(uploadHead(parlor, ada, draft)), draft.bytes.subarray(0, 1_000)])
  expect((await rawRequest(parlor.server.port, sent)).status).toBe(408)
  expect(Date.now() - started).toBeLessThan(5_000)
  expect(await offsetOf(speaker, draft.fileId)).toBe(1_000)
})

test('a slow body is taken for as long as it moves, well past the deadline of other requests', async () => {
  const parlor = await openParlor({ limits: { requestTimeoutMs: 200, uploadBytesPerSecond: 1_000 } })
  const { ada, draft, speaker } = await announced(parlor, 20_000)
  const socket = connect(parlor.server.port, '127.0.0.1')
  const answered = new Promise<string>((resolve) => socket.once('data', (answer) => resolve(answer.toString())))
  socket.write(uploadHead(parlor, ada, draft))
  let sent = 0
  const started = Date.now()
  const timer = setInterval(() => {
    socket.write(draft.bytes.subarray(sent, (sent += 1_000)))
    if (sent >= draft.size) clearInterval(timer)
  }, 50)

  expect(await answered).toMatch(/^HTTP\/1.1 204/)
  expect(Date.now() - started).toBeGreaterThan(800)
  expect((await askUpload(speaker, draft.fileId)).headers.get('upload-offset')).toBe('20000')
  socket.destroy()
})

test('who asks and is gone at once troubles nobody', async () => {
  const parlor = await openParlor()
  const { ada, draft, speaker } = await announced(parlor, 1_000)
  for (let n = 0; n < 20; n++) {
    const socket = connect(parlor.server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(uploadHead(parlor, ada, draft), () => socket.destroy())
    await closed(socket)
  }

  expect((await sendBytes(speaker, draft.fileId, draft.bytes)).status).toBe(204)
  expect(await blobsIn(parlor.dataDir)).toEqual([draft.sha256])
})

test('somebody who comes back takes over from the connection that was cut', async () => {
  const parlor = await openParlor()
  const { ada, draft, speaker } = await announced(parlor, 500_000)
  const cut = connect(parlor.server.port, '127.0.0.1')
  cut.on('error', () => undefined)
  cut.write(uploadHead(parlor, ada, draft))
  cut.write(draft.bytes.subarray(0, 200_000))
  await expect.poll(() => offsetOfFile(parlor, draft)).toBe(200_000)

  const offset = await offsetOf(speaker, draft.fileId)
  expect(offset).toBe(200_000)
  expect((await sendBytes(speaker, draft.fileId, draft.bytes.subarray(offset), offset)).status).toBe(204)
  expect(await announce(ada, draft)).toEqual({ ok: true, value: { isStored: true } })
  cut.destroy()
})

test('one member sends so many files at once, and no more', async () => {
  const parlor = await openParlor({ limits: { uploadsPerMember: 2 } })
  const ada = await parlor.host('ada')
  const drafts = [1, 2, 3].map(() => draftOf(randomBytes(1_000)))
  for (const draft of drafts) await announce(ada, draft)
  const [one, two, three] = drafts as [Draft, Draft, Draft]
  const open = [one, two].map((draft) => {
    const socket = connect(parlor.server.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(uploadHead(parlor, ada, draft))
    socket.write(draft.bytes.subarray(0, 500))
    return socket
  })
  for (const draft of [one, two]) await expect.poll(() => offsetOfFile(parlor, draft)).toBe(500)

  const speaker = { url: parlor.url, person: ada }
  expect((await sendBytes(speaker, three.fileId, three.bytes)).status).toBe(429)
  for (const socket of open) socket.destroy()
  await expect.poll(async () => (await sendBytes(speaker, three.fileId, three.bytes)).status).toBe(204)
})

async function offsetOfFile({ dataDir }: Parlor, { fileId }: Draft): Promise<number> {
  return (await stat(join(dataDir, 'files/uploads', fileId))).size
}
