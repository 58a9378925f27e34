import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { announce, blobsIn, bytesOf, draftOf, offsetOf, post, read, sendBytes, upload } from '../../support/files'
import { newKey, openParlor } from '../../support/open-parlor'

test('a file that was sent is in the message, and is read by everybody in the room', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const notes = draftOf(randomBytes(300_000), { name: 'notes.bin' })

  await upload(parlor.url, ada, notes)
  const { message } = await post(ada, [notes], 'my notes')

  const { fileId, name, size } = notes
  expect(message).toMatchObject({ text: 'my notes', attachments: [{ fileId, name, size }] })
  expect(await grace.heard('message_posted')).toEqual([{ message }])
  expect(ada.entry.fileBytes).toBe(25_000_000)
  const answer = await read(parlor.url, grace, fileId)
  expect(answer.status).toBe(200)
  expect((await bytesOf(answer)).equals(notes.bytes)).toBe(true)
})

test('an upload cut in the middle goes on from its offset, over a restart of the server too', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada', { retention: 'forever' })
  const film = draftOf(randomBytes(2_000_000))
  await announce(ada, film)
  const speaker = { url: parlor.url, person: ada }

  expect((await sendBytes(speaker, film.fileId, film.bytes.subarray(0, 800_000))).status).toBe(204)
  await parlor.restart()
  const back = await parlor.join('ada', { roomId: ada.roomId, session: ada.session })
  expect(await announce(back, film)).toEqual({ ok: true, value: { isStored: false } })
  const offset = await offsetOf(speaker, film.fileId)
  expect(offset).toBe(800_000)
  expect((await sendBytes(speaker, film.fileId, film.bytes.subarray(offset), offset)).status).toBe(204)

  await post(back, [film])
  expect((await bytesOf(await read(parlor.url, back, film.fileId))).equals(film.bytes)).toBe(true)
})

test('the same file from a second person in the room transfers nothing', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const photo = draftOf(randomBytes(50_000))
  await post(ada, [await upload(parlor.url, ada, photo)])

  const again = draftOf(photo.bytes, { name: 'other-name.bin' })
  expect(await announce(grace, again)).toEqual({ ok: true, value: { isStored: true } })
  const { message } = await post(grace, [again])
  expect(message.attachments).toMatchObject([{ fileId: again.fileId, name: 'other-name.bin' }])
  expect((await bytesOf(await read(parlor.url, ada, again.fileId))).equals(photo.bytes)).toBe(true)
  expect(await blobsIn(parlor.dataDir)).toEqual([photo.sha256])
})

test('whoever cannot open a file is not told that it is here, though the disk keeps it once', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const photo = draftOf(randomBytes(50_000))
  await post(ada, [await upload(parlor.url, ada, photo)])
  const grace = await parlor.host('grace')

  const own = draftOf(photo.bytes)
  expect(await announce(grace, own)).toEqual({ ok: true, value: { isStored: false } })
  expect(await offsetOf({ url: parlor.url, person: grace }, own.fileId)).toBe(0)
  await post(grace, [await upload(parlor.url, grace, own)])
  expect(await blobsIn(parlor.dataDir)).toEqual([photo.sha256])
  const asked = { roomId: ada.roomId, fileId: photo.fileId }
  expect(await grace.ask('open_file', asked)).toEqual({ ok: false, error: { code: 'not_a_member' } })
})

test('a part of a file is served as asked for, for players that jump', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const { fileId, bytes } = await upload(parlor.url, ada, draftOf(randomBytes(10_000)))
  const part = async (range: string) => {
    const answer = await read(parlor.url, ada, fileId, { headers: { Range: range } })
    return [answer.status, answer.headers.get('content-range'), await bytesOf(answer)]
  }
  expect(await part('bytes=100-199')).toEqual([206, 'bytes 100-199/10000', bytes.subarray(100, 200)])
  expect(await part('bytes=9990-')).toEqual([206, 'bytes 9990-9999/10000', bytes.subarray(9_990)])
  expect(await part('bytes=-10')).toEqual([206, 'bytes 9990-9999/10000', bytes.subarray(9_990)])
  expect(await part('bytes=10000-')).toEqual([416, 'bytes */10000', Buffer.alloc(0)])
  expect(await part('bytes=0-1,5-6')).toEqual([200, null, bytes])
  expect(await part('lines=1-2')).toEqual([200, null, bytes])
  const head = await read(parlor.url, ada, fileId, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10000'])
})

test('an address opens one file for five minutes, and no longer than the file is there', async () => {
  let now = 5_000
  const parlor = await openParlor({ monotonic: () => now })
  const ada = await parlor.host('ada')
  const [one, two] = [draftOf(randomBytes(100)), draftOf(randomBytes(100))]
  for (const draft of [one, two]) await upload(parlor.url, ada, draft)
  const { path, expiresAt, lastsMs } = await ada.get('open_file', { roomId: ada.roomId, fileId: one.fileId })
  const status = async (asked: string) => (await fetch(`${parlor.url}${asked}`)).status

  expect([lastsMs, expiresAt - Date.now() <= 300_000]).toEqual([300_000, true])
  expect(await status(path)).toBe(200)
  expect(await status(path.replace(one.fileId, two.fileId))).toBe(403)
  expect(await status(path.replace(/until=\d+/, 'until=999999999'))).toBe(403)
  expect(await status(path.replace(/signature=.*/, 'signature='))).toBe(403)
  expect(await status(path.split('?')[0]!)).toBe(403)
  expect(await status('/files/../parlor.db')).not.toBe(200)
  expect((await fetch(`${parlor.url}${path}`, { method: 'POST', body: 'x' })).status).toBe(405)
  now += 300_000
  expect(await status(path)).toBe(403)
  const { path: later } = await ada.get('open_file', { roomId: ada.roomId, fileId: one.fileId })
  await ada.get('drop_file', { roomId: ada.roomId, fileId: one.fileId })
  expect(await status(later)).toBe(404)
})

test('what is too large or too much is refused before a byte is sent', async () => {
  const limits = { fileBytes: 50_000, memberFileBytes: 100_000, serverFileBytes: 120_000 }
  const parlor = await openParlor({ limits })
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const refused = (code: string, field?: string) => ({ ok: false, error: { code, ...(field && { field }) } })

  expect(grace.entry.fileBytes).toBe(50_000)
  expect(await announce(ada, draftOf(randomBytes(50_001)))).toEqual(refused('too_large', 'size'))
  await announce(ada, draftOf(randomBytes(50_000)))
  await announce(ada, draftOf(randomBytes(50_000)))
  expect(await announce(ada, draftOf(randomBytes(1)))).toEqual(refused('storage_full'))
  // Of the rest half is promised to Ada.
  expect(await announce(grace, draftOf(randomBytes(50_000)))).toMatchObject({ ok: true })
  await upload(parlor.url, grace, draftOf(randomBytes(50_000)))
  expect(await announce(grace, draftOf(randomBytes(30_000)))).toEqual(refused('storage_full'))
})

test('a message without words needs a file', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const empty = { roomId: ada.roomId, clientKey: newKey(), text: ' ' }
  expect(await ada.ask('send_message', empty)).toEqual({ ok: false, error: { code: 'invalid_request', field: 'text' } })
  const attachments = [{ fileId: newKey() }]
  expect(await ada.ask('send_message', { ...empty, attachments })).toMatchObject({ error: { field: 'attachments' } })
})

test('files are announced at a rate', async () => {
  const parlor = await openParlor({ limits: { fileBurst: 2, filesPerSecond: 0.1 } })
  const ada = await parlor.host('ada')
  const draft = draftOf(randomBytes(10))
  await announce(ada, draft)
  await announce(ada, draft)
  expect(await announce(ada, draft)).toMatchObject({ error: { code: 'rate_limited' } })
})
