import { createHash, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FileStorage } from '../../../src/client/door'
import { createMemoryFiles } from '../../../src/client/memory-files'
import { createSpool } from '../../../src/client/spool'
import type { FileId } from '#shared/protocol/ids'

const newId = () => randomUUID() as FileId
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const fails = (error: unknown) => expect.fail(String(error))

const hashes = { 'its own': undefined, "the device's": () => createHash('sha256') }

test.each(Object.entries(hashes))(
  'what was kept piece by piece is read back, with %s hash',
  async (_, createSha256) => {
    const spool = createSpool({ storage: createMemoryFiles(), createSha256, report: fails })
    const fileId = newId()

    expect(await spool.keep(fileId, 0, bytesOf('one '))).toBe(true)
    expect(await spool.keep(fileId, 4, bytesOf('two '))).toBe(true)
    expect(await spool.keep(fileId, 8, bytesOf('three'))).toBe(true)

    expect(await spool.finish({ fileId, size: 13 })).toBe(sha256('one two three'))
    expect(textOf(await spool.read(fileId, 4, 7))).toBe('two')
    expect(textOf(await spool.read(fileId, 8, 100))).toBe('three')
  },
)

test('pieces that are handed over all at once are taken in their order', async () => {
  const spool = createSpool({ storage: createMemoryFiles(), report: fails })
  const fileId = newId()

  const taken = await Promise.all(['a', 'b', 'c', 'd'].map((text, place) => spool.keep(fileId, place, bytesOf(text))))

  expect(taken).toEqual([true, true, true, true])
  expect(await spool.finish({ fileId, size: 4 })).toBe(sha256('abcd'))
})

test('only the next piece is taken, and at 0 a file starts over', async () => {
  const spool = createSpool({ storage: createMemoryFiles(), report: fails })
  const fileId = newId()
  const keep = (offset: number, text: string) => spool.keep(fileId, offset, bytesOf(text))

  expect([await keep(4, 'late'), await keep(0, 'early'), await keep(3, 'twice'), await keep(9, 'late')]).toEqual([
    false,
    true,
    false,
    false,
  ])
  expect(await spool.finish({ fileId, size: 9 })).toBe(undefined)
  expect(await keep(0, 'again')).toBe(true)
  expect(await spool.finish({ fileId, size: 5 })).toBe(sha256('again'))
  expect(textOf(await spool.read(fileId, 0, 100))).toBe('again')
})

test('a finished file is not changed any more, and has the same hash however often it is asked for', async () => {
  const spool = createSpool({ storage: createMemoryFiles(), report: fails })
  const fileId = newId()
  await spool.keep(fileId, 0, bytesOf('done'))
  const finish = () => spool.finish({ fileId, size: 4 })

  expect(await Promise.all([finish(), finish()])).toEqual([sha256('done'), sha256('done')])
  expect([await spool.keep(fileId, 4, bytesOf('!')), await spool.keep(fileId, 0, bytesOf('other'))]).toEqual([
    false,
    false,
  ])
  expect(textOf(await spool.read(fileId, 0, 100))).toBe('done')
})

test('a piece that was not kept does not count, and can be handed over again', async () => {
  const memory = createMemoryFiles()
  let isFull = false
  const write: FileStorage['write'] = (...given) =>
    isFull ? Promise.reject(new Error('disk full')) : memory.write(...given)
  const spool = createSpool({ storage: { ...memory, write }, report: fails })
  const fileId = newId()
  await spool.keep(fileId, 0, bytesOf('one '))

  isFull = true
  await expect(spool.keep(fileId, 4, bytesOf('two'))).rejects.toThrow('disk full')
  isFull = false
  expect(await spool.finish({ fileId, size: 7 })).toBe(undefined)
  expect(await spool.keep(fileId, 4, bytesOf('two'))).toBe(true)

  expect(await spool.finish({ fileId, size: 7 })).toBe(sha256('one two'))
})

test('what is not on the disk is not called finished', async () => {
  const sync = () => Promise.reject(new Error('disk gone'))
  const spool = createSpool({ storage: { ...createMemoryFiles(), sync }, report: fails })
  const fileId = newId()
  await spool.keep(fileId, 0, bytesOf('one'))

  await expect(spool.finish({ fileId, size: 3 })).rejects.toThrow('disk gone')
})

test('what an earlier run left goes, unless it is needed; what cannot go is reported', async () => {
  const memory = createMemoryFiles()
  const [needed, left, stuck] = [newId(), newId(), newId()]
  for (const fileId of [needed, left, stuck]) await memory.write(fileId, 0, bytesOf('old'))
  const reported: unknown[] = []
  const remove: FileStorage['remove'] = (fileId) =>
    fileId === stuck ? Promise.reject(new Error('held open')) : memory.remove(fileId)
  const leftBehind = () => Promise.resolve([needed, left, stuck])
  const spool = createSpool({ storage: { ...memory, remove, leftBehind }, report: (error) => reported.push(error) })

  spool.tidy((fileId) => fileId === needed)
  await spool.settled()

  const there = await Promise.all([needed, left, stuck].map((fileId) => spool.read(fileId, 0, 3)))
  expect(there.map(textOf)).toEqual(['old', '', 'old'])
  expect(reported.map(String)).toEqual(['Error: held open'])
})
