import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { ClientKey } from '#shared/protocol/ids'
import { openParlor } from '../../support/open-parlor'
import { keepBytes, memoryFiles, newBytes, newPicture, ownFile, readFile, sendFiles } from './own-files'
import { memoryStorage, serverUrl, startClient, value, type Device } from './start-client'

async function hostRoom(ada: Device, url: string) {
  const { key } = await value(ada.createRoom({ server: serverUrl(url), name: 'Ada' }))
  return key
}

const arrived = (device: Device, key: Awaited<ReturnType<typeof hostRoom>>, text: string) =>
  device.until(`“${text}” in ${key}`, () => device.room(key)?.messages.find((message) => message.text === text))

test('a file arrives with its message, byte for byte', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const [ada, grace] = [startClient(parlor, { files }), startClient(parlor)]
  const key = await hostRoom(ada, parlor.url)
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  const bytes = newBytes(2_500_000)
  const file = ownFile(bytes, { name: 'plän of the office.bin' })

  await sendFiles(ada, key, 'the plan', [[file, bytes]])
  const { attachments } = await arrived(grace, key, 'the plan')

  expect(attachments).toEqual([
    { fileId: file.fileId, name: 'plän of the office.bin', type: 'application/octet-stream', size: 2_500_000 },
  ])
  expect((await readFile(grace, key, file.fileId)).equals(bytes)).toBe(true)
  await ada.until('nothing pending', () => ada.room(key)?.pending.length === 0)
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('several files and a thumbnail come with one message, which may say nothing', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const key = await hostRoom(ada, parlor.url)
  const [large, small, other] = [newPicture(90_000), newPicture(3_000), newBytes(10)]
  const picture = ownFile(large)
  const thumbnail = ownFile(small, { thumbnailOf: picture.fileId })
  const text = ownFile(other)

  const clientKey = await sendFiles(ada, key, '', [
    [thumbnail, small],
    [picture, large],
    [text, other],
  ])
  const posted = await ada.until('the message', () =>
    ada.room(key)?.messages.find((message) => message.clientKey === clientKey),
  )

  expect(posted.attachments).toMatchObject([
    { fileId: picture.fileId, thumbnailId: thumbnail.fileId, type: 'image/png', width: 640, height: 360 },
    { fileId: text.fileId, type: 'application/octet-stream' },
  ])
  expect((await readFile(ada, key, thumbnail.fileId)).equals(small)).toBe(true)
})

test('what is written after a file does not wait for it', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const key = await hostRoom(ada, parlor.url)
  const bytes = newBytes(100_000)
  const file = ownFile(bytes)
  const clientKey = await sendFiles(ada, key, 'the plan', [[file, bytes]])
  await value(ada.calls.changePending({ key, fileId: file.fileId, change: { kind: 'pause' } }))

  await ada.say(key, 'it is coming')
  await arrived(ada, key, 'it is coming')

  expect(ada.room(key)?.pending).toMatchObject([{ clientKey, text: 'the plan', files: [{ state: 'paused' }] }])
  await value(ada.calls.changePending({ key, fileId: file.fileId, change: { kind: 'resume' } }))
  await ada.sees(key, ['it is coming', 'the plan'])
})

test('the same call with one key is one message, and another with that key a conflict', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const key = await hostRoom(ada, parlor.url)
  const bytes = newBytes(1_000)
  const [file, other] = [ownFile(bytes), ownFile(bytes)]
  for (const { fileId } of [file, other]) await keepBytes(ada, key, fileId, bytes)
  const clientKey = randomUUID() as ClientKey
  const send = (files: readonly (typeof file)[]) => ada.calls.sendMessage({ key, clientKey, text: 'twice', files })

  const replies = await Promise.all([send([file]), send([file]), send([other])])

  expect(replies).toEqual([
    { ok: true, value: {} },
    { ok: true, value: {} },
    { ok: false, error: { code: 'conflict' } },
  ])
  await ada.sees(key, ['twice'])
})

test('a file of which a piece is missing, or that goes with nothing, is not sent', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const ada = startClient(parlor, { files })
  const key = await hostRoom(ada, parlor.url)
  const bytes = newBytes(1_000)
  const file = ownFile(bytes, { size: 2_000 })
  const { fileId } = file
  const keep = (offset: number) => ada.calls.keepFile({ key, fileId, offset, bytes: new Uint8Array(bytes) })
  const send = (sent: readonly (typeof file)[]) =>
    ada.calls.sendMessage({ key, clientKey: randomUUID() as ClientKey, text: 'half', files: sent })
  const refused = (field: string) => ({ ok: false, error: { code: 'invalid_request', field } })

  expect(await keep(1_000)).toEqual(refused('offset'))
  await value(keep(0))
  expect(await keep(5_000)).toEqual(refused('offset'))
  expect(await send([file])).toEqual(refused('files'))
  await value(keep(1_000))
  expect(await send([{ ...file, thumbnailOf: ownFile(bytes).fileId }])).toEqual(refused('files'))
  expect(await send([file, file])).toEqual(refused('files'))
  expect(ada.room(key)?.pending).toEqual([])
  await value(ada.calls.changePending({ key, fileId, change: { kind: 'discard' } }))
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('a device that can keep no more says so, and nothing is queued', async () => {
  const parlor = await openParlor()
  const [files, storage] = [memoryFiles(), memoryStorage()]
  const ada = startClient(parlor, { files, storage })
  const key = await hostRoom(ada, parlor.url)
  const bytes = newBytes(1_000)
  const file = ownFile(bytes)
  const keep = () => ada.calls.keepFile({ key, fileId: file.fileId, offset: 0, bytes: new Uint8Array(bytes) })
  const send = () => ada.calls.sendMessage({ key, clientKey: randomUUID() as ClientKey, text: 'plan', files: [file] })
  const notKept = { ok: false, error: { code: 'not_kept' } }

  files.fails = true
  expect(await keep()).toEqual(notKept)
  files.fails = false
  await value(keep())
  storage.fails = true
  expect(await send()).toEqual(notKept)
  expect(ada.room(key)?.pending).toEqual([])
  storage.fails = false
  await value(send())

  await ada.sees(key, ['plan'])
  expect(ada.reported.splice(0).map(String)).toEqual(['Error: disk full', 'Error: disk full'])
})

test('a room that is left keeps what was not sent to it, for whoever comes back', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const [grace, ada] = [startClient(parlor, { files }), startClient(parlor)]
  const key = await hostRoom(ada, parlor.url)
  const enter = () => value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  await enter()
  const bytes = newBytes(100_000)
  const file = ownFile(bytes)
  const clientKey = await sendFiles(grace, key, 'the plan', [[file, bytes]])
  await value(grace.calls.changePending({ key, fileId: file.fileId, change: { kind: 'pause' } }))
  await ada.until('both', () => ada.room(key)?.members.length === 2)
  await value(grace.calls.leaveRoom({ key, how: 'leave' }))
  await ada.until('one', () => ada.room(key)?.members.length === 1)
  await enter()
  expect(grace.room(key)?.pending).toMatchObject([{ clientKey, failed: 'not_a_member', files: [{ state: 'paused' }] }])

  await value(grace.calls.changePending({ key, clientKey, change: { kind: 'retry' } }))
  await value(grace.calls.changePending({ key, fileId: file.fileId, change: { kind: 'resume' } }))
  await arrived(ada, key, 'the plan')
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('a room that is forgotten takes its unsent files with it', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const [grace, ada] = [startClient(parlor, { files }), startClient(parlor)]
  const key = await hostRoom(ada, parlor.url)
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  const bytes = newBytes(1_000)
  await parlor.stop()
  await sendFiles(grace, key, 'the plan', [[ownFile(bytes), bytes]])
  await value(grace.calls.leaveRoom({ key, how: 'leave' }))
  expect(files.kept.size).toBe(1)

  await value(grace.calls.leaveRoom({ key, how: 'forget' }))
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('a message that is deleted before it is sent leaves nothing on the device', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const ada = startClient(parlor, { files })
  const key = await hostRoom(ada, parlor.url)
  const bytes = newBytes(1_000)
  const [first, second] = [ownFile(bytes), ownFile(bytes)]
  await parlor.stop()
  const clientKey = await sendFiles(ada, key, '', [
    [first, bytes],
    [second, bytes],
  ])
  expect(files.kept.size).toBe(2)

  await value(ada.calls.changePending({ key, fileId: first.fileId, change: { kind: 'discard' } }))
  expect(ada.room(key)?.pending).toMatchObject([{ clientKey, files: [{ fileId: second.fileId }] }])
  await value(ada.calls.changePending({ key, fileId: second.fileId, change: { kind: 'discard' } }))

  expect(ada.room(key)?.pending).toEqual([])
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})
