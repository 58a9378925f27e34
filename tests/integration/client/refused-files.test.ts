import { expect, test, vi } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { memoryFiles, newBytes, ownFile, sendFiles } from './own-files'
import { serverUrl, startClient, value } from './start-client'

test('a file over the server’s limit says so on its message, and lets the others pass', async () => {
  const parlor = await openParlor({ limits: { fileBytes: 1_000 } })
  const files = memoryFiles()
  const ada = startClient(parlor, { files })
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  expect(ada.room(key)?.fileBytes).toBe(1_000)
  const [large, small] = [newBytes(1_001), newBytes(1_000)]

  const clientKey = await sendFiles(ada, key, 'large', [[ownFile(large), large]])
  await sendFiles(ada, key, 'small', [[ownFile(small), small]])
  await ada.until('the refusal', () => ada.room(key)?.pending[0]?.failed)
  await ada.until('the other', () => ada.texts(key).length === 1)

  expect(ada.room(key)?.pending).toMatchObject([{ clientKey, text: 'large', failed: 'too_large' }])
  expect(ada.texts(key)).toEqual(['small'])
  await value(ada.calls.changePending({ key, clientKey, change: { kind: 'discard' } }))
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('a file that did not fit is sent when there is room again and it is tried again', async () => {
  const parlor = await openParlor({ limits: { memberFileBytes: 150_000 } })
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const [first, second] = [newBytes(100_000), newBytes(100_000)]
  await sendFiles(ada, key, 'first', [[ownFile(first), first]])
  await ada.sees(key, ['first'])

  const clientKey = await sendFiles(ada, key, 'second', [[ownFile(second), second]])
  await ada.until('the refusal', () => ada.room(key)?.pending[0]?.failed)
  expect(ada.room(key)?.pending).toMatchObject([{ clientKey, failed: 'storage_full', files: [{ state: 'waiting' }] }])
  await value(ada.calls.changeMessage({ key, seq: 1, change: { kind: 'delete' } }))
  await ada.until('the deletion', () => ada.room(key)?.messages[0]?.deletedAt)
  await value(ada.calls.changePending({ key, clientKey, change: { kind: 'retry' } }))

  await ada.sees(key, ['', 'second'])
})

test('what was sent of a file that is taken back is gone from the server too', async () => {
  const parlor = await openParlor({ limits: { memberFileBytes: 150_000 } })
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const [bytes, more] = [newBytes(100_000), newBytes(100_000)]
  const [sent, paused] = [ownFile(bytes), ownFile(more.subarray(0, 1_000))]
  const clientKey = await sendFiles(ada, key, 'first', [
    [paused, more.subarray(0, 1_000)],
    [sent, bytes],
  ])
  await value(ada.calls.changePending({ key, fileId: paused.fileId, change: { kind: 'pause' } }))
  await ada.until('one to be there', () => ada.room(key)?.pending[0]?.files?.[1]?.state === 'stored')

  await value(ada.calls.changePending({ key, clientKey, change: { kind: 'discard' } }))
  await sendFiles(ada, key, 'second', [[ownFile(more), more]])

  await ada.sees(key, ['second'])
})

test('bytes that are no longer on the device are not made up', async () => {
  const parlor = await openParlor()
  const files = memoryFiles()
  const dialled = { url: 'http://127.0.0.1:1' }
  const ada = startClient({ url: parlor.url }, { files, dial: () => (files.fails ? parlor.url : dialled.url) })
  files.fails = true
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  files.fails = false
  const bytes = newBytes(5_000)
  await parlor.stop()
  const clientKey = await sendFiles(ada, key, 'the plan', [[ownFile(bytes), bytes]])
  files.kept.clear()
  await parlor.restart()
  dialled.url = parlor.url
  ada.networkChanged()

  await ada.until('the failure', () => ada.room(key)?.pending[0]?.failed)
  expect(ada.room(key)?.pending).toMatchObject([{ clientKey, text: 'the plan', failed: 'not_kept' }])
})
