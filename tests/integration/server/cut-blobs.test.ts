import { randomBytes } from 'node:crypto'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announce, blobsIn, bytesOf, draftOf, post, read, upload } from '../../support/files'
import { openParlor, type Parlor } from '../../support/open-parlor'

const blob = ({ dataDir }: Parlor, { sha256 }: { sha256: string }) =>
  join(dataDir, 'files/blobs', sha256.slice(0, 2), sha256)

const damage = 'a file on the disk is not what it was'
const reportsOf = ({ reported }: Parlor) => (reported.splice(0) as Error[]).map(({ message }) => message)

async function shared(parlor: Parlor) {
  const [ada, grace] = [await parlor.host('ada', { retention: 'forever' }), await parlor.join('grace')]
  const draft = await upload(parlor.url, ada, draftOf(randomBytes(9_000)))
  await post(ada, [draft])
  return { ada, grace, draft }
}

test('a file that the disk has cut is not said to be here, and is whole again when somebody sends it', async () => {
  const parlor = await openParlor()
  const { ada, grace, draft } = await shared(parlor)
  await truncate(blob(parlor, draft), 4_000)

  const again = draftOf(draft.bytes)
  expect(await announce(grace, again)).toEqual({ ok: true, value: { isStored: false } })
  await upload(parlor.url, grace, again)
  expect(await readFile(blob(parlor, draft))).toEqual(draft.bytes)
  // The one it came with first is brought again under its own id.
  expect(await announce(ada, draft)).toMatchObject({ ok: true })
  expect(await bytesOf(await read(parlor.url, grace, again.fileId))).toEqual(draft.bytes)
})

test('a reader is refused a file that was cut, and never told a part of it for the whole', async () => {
  const parlor = await openParlor()
  const { ada, grace, draft } = await shared(parlor)
  const asked = { roomId: ada.roomId, fileId: draft.fileId }
  const { path } = await grace.get('open_file', asked)
  await truncate(blob(parlor, draft), 8_999)

  expect((await fetch(`${parlor.url}${path}`)).status).toBe(404)
  await expect.poll(() => blobsIn(parlor.dataDir)).toEqual([])
  expect(await grace.ask('open_file', asked)).toMatchObject({
    error: { code: 'invalid_request', field: 'fileId' },
  })
  expect(reportsOf(parlor)).toEqual([damage])
  await upload(parlor.url, ada, draft)
  expect((await fetch(`${parlor.url}${path}`)).status).toBe(200)
})

test('an address is refused to a file that was cut', async () => {
  const parlor = await openParlor()
  const { ada, grace, draft } = await shared(parlor)
  await truncate(blob(parlor, draft), 0)

  const asked = { roomId: ada.roomId, fileId: draft.fileId }
  expect(await grace.ask('open_file', asked)).toMatchObject({ error: { code: 'invalid_request' } })
  await expect.poll(() => blobsIn(parlor.dataDir)).toEqual([])
  expect(reportsOf(parlor)).toEqual([damage])
})

test('a start lets go of what was cut while the server was down', async () => {
  const parlor = await openParlor()
  const { ada, draft } = await shared(parlor)
  await parlor.stop()
  await truncate(blob(parlor, draft), 8_999)
  await parlor.restart()

  expect(await blobsIn(parlor.dataDir)).toEqual([])
  const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  await upload(parlor.url, back, draft)
  expect(await bytesOf(await read(parlor.url, back, draft.fileId))).toEqual(draft.bytes)
})

test('a file whose bytes the disk has changed is found by reading it, and let go of', async () => {
  const parlor = await openParlor({ keepEmptyMs: 100 })
  const { ada, draft } = await shared(parlor)
  const sound = await upload(parlor.url, ada, draftOf(randomBytes(9_000)))
  await writeFile(blob(parlor, draft), randomBytes(9_000))

  await expect.poll(() => blobsIn(parlor.dataDir), { timeout: 5_000 }).toEqual([sound.sha256])
  expect(reportsOf(parlor)).toEqual([damage])
  await upload(parlor.url, ada, draft)
  expect(await bytesOf(await read(parlor.url, ada, draft.fileId))).toEqual(draft.bytes)
})
