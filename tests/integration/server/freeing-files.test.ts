import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announce, blobsIn, draftOf, post, read, sendBytes, upload } from '../../support/files'
import { openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const dayMs = 86_400_000

const share = async (parlor: Parlor, person: Person, bytes: Buffer) => {
  const draft = await upload(parlor.url, person, draftOf(bytes))
  const { message } = await post(person, [draft])
  return { draft, seq: message.seq }
}

const uploadsIn = (dataDir: string) => readdir(join(dataDir, 'files/uploads'))

test('a deleted message takes its files from the disk, unless another still has them', async () => {
  const parlor = await openParlor()
  const { dataDir } = parlor
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const { draft, seq } = await share(parlor, ada, randomBytes(1_000))
  const second = await share(parlor, grace, draft.bytes)

  const { message } = await ada.get('delete_message', { roomId: ada.roomId, seq })
  expect(message.attachments).toEqual([])
  const gone = { roomId: ada.roomId, fileId: draft.fileId }
  expect(await grace.ask('open_file', gone)).toMatchObject({ error: { code: 'invalid_request' } })
  expect((await read(parlor.url, ada, second.draft.fileId)).status).toBe(200)
  expect(await blobsIn(dataDir)).toEqual([draft.sha256])
  await grace.get('delete_message', { roomId: ada.roomId, seq: second.seq })
  await expect.poll(() => blobsIn(dataDir)).toEqual([])
})

test('a room that is closed takes all of its files along, what was on its way too', async () => {
  const parlor = await openParlor()
  const { dataDir } = parlor
  const ada = await parlor.host('ada')
  const kept = await share(parlor, await parlor.host('grace'), randomBytes(500))
  await share(parlor, ada, randomBytes(1_000))
  const half = draftOf(randomBytes(1_000))
  await announce(ada, half)
  await sendBytes({ url: parlor.url, person: ada }, half.fileId, half.bytes.subarray(0, 500))

  await ada.get('close_room', { roomId: ada.roomId })
  await expect.poll(() => blobsIn(dataDir)).toEqual([kept.draft.sha256])
  await expect.poll(() => uploadsIn(dataDir)).toEqual([])
})

test('a room of two takes its files along when the second has left', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const direct = await ada.get('open_direct', { memberId: grace.memberId })
  const { roomId } = direct.room
  ada.enter(direct)
  await share(parlor, ada, randomBytes(1_000))

  await ada.get('leave_room', { roomId })
  expect(await blobsIn(parlor.dataDir)).toHaveLength(1)
  await grace.get('join_room', { roomId })
  await grace.get('leave_room', { roomId })
  await expect.poll(() => blobsIn(parlor.dataDir)).toEqual([])
})

test('a room whose time is up takes its files along', async () => {
  const parlor = await openParlor({ graceMs: 50, keepEmptyMs: 200 })
  const ada = await parlor.host('ada')
  await share(parlor, ada, randomBytes(1_000))
  ada.close()
  await expect.poll(() => blobsIn(parlor.dataDir), { timeout: 5_000 }).toEqual([])
})

test('files are gone after their days, and their messages say when', async () => {
  let now = 1_000
  const parlor = await openParlor({ monotonic: () => now, keepFilesMs: dayMs, keepEmptyMs: 100 })
  const ada = await parlor.host('ada', { retention: 'forever' })
  const draft = await upload(parlor.url, ada, draftOf(randomBytes(1_000)))
  const { message } = await post(ada, [draft])
  expect(message.attachments).toMatchObject([{ expiresAt: message.sentAt + dayMs }])

  now += dayMs - 1_000
  expect((await read(parlor.url, ada, draft.fileId)).status).toBe(200)
  now += 2_000
  await expect.poll(() => blobsIn(parlor.dataDir)).toEqual([])
  const { messages } = await ada.get('fetch_history', { roomId: ada.roomId, before: 10 })
  expect(messages).toEqual([message])
})

test('what no message took is gone after a day, half sent or whole', async () => {
  let now = 1_000
  const parlor = await openParlor({ monotonic: () => now, keepEmptyMs: 100 })
  const ada = await parlor.host('ada', { retention: 'forever' })
  await upload(parlor.url, ada, draftOf(randomBytes(1_000)))
  await announce(ada, draftOf(randomBytes(1_000)))
  const sent = await share(parlor, ada, randomBytes(1_000))

  now += dayMs + 1_000
  await expect.poll(() => blobsIn(parlor.dataDir)).toEqual([sent.draft.sha256])
  await expect.poll(() => uploadsIn(parlor.dataDir)).toEqual([])
})

test('a start removes what no file is of, and brings back what was lost when it is sent again', async () => {
  const parlor = await openParlor()
  const { dataDir } = parlor
  const ada = await parlor.host('ada', { retention: 'forever' })
  const [kept, lost] = [await share(parlor, ada, randomBytes(900)), await share(parlor, ada, randomBytes(900))]
  const unsent = await upload(parlor.url, ada, draftOf(randomBytes(900)))
  await parlor.stop()
  await mkdir(join(dataDir, 'files/blobs/00'), { recursive: true })
  await writeFile(join(dataDir, 'files/blobs/00', '0'.repeat(64)), 'nobody’s')
  await writeFile(join(dataDir, 'files/uploads', crypto.randomUUID()), 'nobody’s')
  for (const { sha256 } of [lost.draft, unsent]) await rm(join(dataDir, 'files/blobs', sha256.slice(0, 2), sha256))

  await parlor.restart()
  expect([await blobsIn(dataDir), await uploadsIn(dataDir)]).toEqual([[kept.draft.sha256], []])
  const back = await parlor.join('ada', { roomId: ada.roomId, session: ada.session })
  const asked = { roomId: ada.roomId, fileId: lost.draft.fileId }
  expect(await back.ask('open_file', asked)).toMatchObject({ error: { code: 'invalid_request' } })
  await announce(back, lost.draft)
  const speaker = { url: parlor.url, person: back }
  expect((await sendBytes(speaker, lost.draft.fileId, randomBytes(900))).status).toBe(460)
  for (const draft of [lost.draft, unsent]) await upload(parlor.url, back, draft)
  expect((await read(parlor.url, back, lost.draft.fileId)).status).toBe(200)
})

test('a file dropped and added again at once is sent as if it were new', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  for (let round = 0; round < 10; round++) {
    const draft = draftOf(randomBytes(1_000))
    await announce(ada, draft)
    const [, again] = await Promise.all([
      ada.get('drop_file', { roomId: ada.roomId, fileId: draft.fileId }),
      announce(ada, draft),
    ])
    expect(again).toEqual({ ok: true, value: { isStored: false } })
    expect((await sendBytes({ url: parlor.url, person: ada }, draft.fileId, draft.bytes)).status).toBe(204)
  }
  expect(await blobsIn(parlor.dataDir)).toHaveLength(10)
})
