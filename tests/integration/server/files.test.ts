import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { announce, bytesOf, draftOf, offsetOf, post, read, sendBytes, upload } from '../../support/files'
import { openParlor } from '../../support/open-parlor'

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
