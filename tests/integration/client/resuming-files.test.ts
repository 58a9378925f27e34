import { expect, test, vi } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { openRelay } from './open-relay'
import { memoryFiles, newBytes, ownFile, readFile, sendFiles } from './own-files'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

const size = 8_000_000
const most = 1_100_000

test('an upload that is cut goes on from where it stood', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const ada = startClient(relay)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(size)
  const file = ownFile(bytes)
  let cuts = 0
  relay.bodyRule = (uploaded) => {
    if (uploaded < ((cuts + 1) * size) / 4 || cuts === 3) return 'pass'
    cuts++
    return 'cut'
  }

  await sendFiles(ada, key, 'the plan', [[file, bytes]])
  await ada.sees(key, ['the plan'])

  expect(cuts).toBe(3)
  expect(relay.uploaded).toBeLessThan(size + most)
  expect((await readFile(ada, key, file.fileId)).equals(bytes)).toBe(true)
})

test('a request that breaks while everything else goes well is made again', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const ada = startClient(relay)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(size)
  const file = ownFile(bytes)
  let breaks = 0
  relay.bodyRule = (uploaded) => (uploaded > size / 2 && ++breaks <= 3 ? 'break' : 'pass')

  await sendFiles(ada, key, 'the plan', [[file, bytes]])
  await ada.sees(key, ['the plan'])

  expect(breaks).toBeGreaterThan(3)
  expect(relay.uploaded).toBeLessThan(size + most)
  expect(ada.news.filter((news) => news.kind === 'connection' && news.connection.state === 'connecting')).toHaveLength(
    1,
  )
  expect((await readFile(ada, key, file.fileId)).equals(bytes)).toBe(true)
})

test('two tabs that find the same unsent file send one message', async () => {
  const parlor = await openParlor()
  const [storage, files] = [memoryStorage(), memoryFiles()]
  const dialled = { url: parlor.url }
  const first = startClient(dialled, { storage, files })
  const { key } = await value(first.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(size)
  const file = ownFile(bytes)
  await parlor.stop()
  await sendFiles(first, key, 'the plan', [[file, bytes]])
  const second = startClient(dialled, { storage, files: { ...files, leftBehind: () => Promise.resolve([]) } })

  await parlor.restart()
  await Promise.all([first.sees(key, ['the plan']), second.sees(key, ['the plan'])])

  expect((await readFile(second, key, file.fileId)).equals(bytes)).toBe(true)
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('an upload goes on after a restart of the client, and of the server', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const [storage, files] = [memoryStorage(), memoryFiles()]
  const first = startClient(relay, { storage, files })
  const { key } = await value(first.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(size)
  const file = ownFile(bytes)
  relay.bodyRule = (uploaded) => (uploaded < size * 0.4 ? 'pass' : 'cut')
  await sendFiles(first, key, 'the plan', [[file, bytes]])
  await vi.waitFor(() => expect(relay.uploaded).toBeGreaterThanOrEqual(size * 0.4))
  await first.close()
  await parlor.restart()

  relay.bodyRule = () => 'pass'
  const second = startClient(relay, { storage, files })
  expect(second.room(key)?.pending).toMatchObject([{ text: 'the plan', files: [{ fileId: file.fileId }] }])
  await second.sees(key, ['the plan'])

  expect(relay.uploaded).toBeLessThan(size + most)
  expect((await readFile(second, key, file.fileId)).equals(bytes)).toBe(true)
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('files written where no server can be reached are sent when it can', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const [storage, files] = [memoryStorage(), memoryFiles()]
  const dialled = { url: relay.url }
  const first = startClient(dialled, { storage, files })
  const { key } = await value(first.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  dialled.url = 'http://127.0.0.1:1'
  relay.cutAll()
  await first.until('the cut', () => first.state().connections[0]?.state === 'connecting')
  const [bytes, more] = [newBytes(50_000), newBytes(60_000)]
  await sendFiles(first, key, 'one', [[ownFile(bytes), bytes]])
  await sendFiles(first, key, 'two', [[ownFile(more), more]])
  await first.close()

  const second = startClient(relay, { storage, files })
  await second.until('both', () => second.texts(key).length === 2)

  expect(second.texts(key).toSorted()).toEqual(['one', 'two'])
  await vi.waitFor(() => expect(files.kept.size).toBe(0))
})

test('what no message has any more is gone after a restart, and what one has is not', async () => {
  const parlor = await openParlor()
  const [storage, files] = [memoryStorage(), memoryFiles()]
  const dialled = { url: parlor.url }
  const first = startClient(dialled, { storage, files })
  const { key } = await value(first.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(1_000)
  const [sent, unsent] = [ownFile(bytes), ownFile(bytes)]
  await value(first.calls.keepFile({ key, fileId: unsent.fileId, offset: 0, bytes: new Uint8Array(bytes) }))
  await parlor.stop()
  await sendFiles(first, key, 'the plan', [[sent, bytes]])
  await first.close()

  const second = startClient(dialled, { storage, files })
  await vi.waitFor(() => expect([...files.kept.keys()]).toEqual([sent.fileId]))

  expect(second.room(key)?.pending).toMatchObject([{ text: 'the plan', files: [sent] }])
})

test('a paused file is still paused after a restart, and goes on when it is told to', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const [storage, files] = [memoryStorage(), memoryFiles()]
  const first = startClient(relay, { storage, files })
  const { key } = await value(first.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const bytes = newBytes(size)
  const { fileId, ...file } = ownFile(bytes)
  await sendFiles(first, key, 'the plan', [[{ fileId, ...file }, bytes]])
  await first.until('some of it to be there', () => first.room(key)?.pending[0]?.files?.[0]?.sent)
  await value(first.calls.changePending({ key, fileId, change: { kind: 'pause' } }))
  await first.close()
  const before = relay.uploaded

  const second = startClient(relay, { storage, files })
  await second.until('the room', () => second.room(key)?.ready)
  await second.say(key, 'not yet')
  await second.until('that', () => second.texts(key).length === 1)
  expect(second.room(key)?.pending).toMatchObject([{ text: 'the plan', files: [{ fileId, state: 'paused' }] }])
  expect(relay.uploaded).toBe(before)

  await value(second.calls.changePending({ key, fileId, change: { kind: 'resume' } }))
  await second.sees(key, ['not yet', 'the plan'])
  expect(relay.uploaded).toBeLessThan(size + most)
})

test('the same bytes from somebody else are not sent again', async () => {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const [ada, grace] = [startClient(parlor), startClient(relay)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  const bytes = newBytes(2_000_000)
  await sendFiles(ada, key, 'mine', [[ownFile(bytes), bytes]])
  await grace.sees(key, ['mine'])
  const file = ownFile(bytes, { name: 'the same.bin' })

  await sendFiles(grace, key, 'and mine', [[file, bytes]])
  await grace.sees(key, ['mine', 'and mine'])

  expect(relay.uploaded).toBeLessThan(bytes.length / 100)
  expect((await readFile(ada, key, file.fileId)).equals(bytes)).toBe(true)
})
