import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFileSpool } from '../../../src/main/files/file-spool'
import type { FileId } from '#shared/protocol/ids'

const newId = () => randomUUID() as FileId
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

async function spoolDir() {
  const parent = await mkdtemp(join(tmpdir(), 'parlor-spool-'))
  onTestFinished(() => rm(parent, { recursive: true }))
  return join(parent, 'unsent files')
}

test('files are written in pieces, read from any place and found again by the next run', async () => {
  const dir = await spoolDir()
  const [first, second] = [newId(), newId()]
  const spool = openFileSpool(dir)
  await spool.write(first, 0, bytesOf('one '))
  await spool.write(first, 4, bytesOf('two'))
  await spool.sync(first)
  await spool.write(second, 0, bytesOf('a longer one'))
  await spool.write(second, 0, bytesOf('short'))

  const next = openFileSpool(dir)
  expect((await next.leftBehind()).toSorted()).toEqual([first, second].toSorted())
  expect([textOf(await next.read(first, 2, 6)), textOf(await next.read(second, 0, 100))]).toEqual(['e tw', 'short'])
  await next.remove(first)
  await next.remove(first)
  expect(await readdir(dir)).toEqual([second])
})

test('only the person whose computer it is can read them', async () => {
  const dir = await spoolDir()
  const fileId = newId()
  await openFileSpool(dir).write(fileId, 0, bytesOf('secret'))

  const modes = await Promise.all([dir, join(dir, fileId)].map(async (path) => (await stat(path)).mode & 0o777))
  expect(modes).toEqual([0o700, 0o600])
})

test('nothing is written, read or removed under any other name', async () => {
  const dir = await spoolDir()
  const spool = openFileSpool(dir)
  expect(await spool.leftBehind()).toEqual([])
  await writeFile(join(dir, 'notes.txt'), 'not ours')

  for (const name of ['../../etc/passwd', 'notes.txt', '', `${newId()}/../notes.txt`] as FileId[]) {
    await expect(spool.write(name, 0, bytesOf('x'))).rejects.toThrow()
    await expect(spool.read(name, 0, 1)).rejects.toThrow()
    await expect((async () => spool.remove(name))()).rejects.toThrow()
  }
  expect([await spool.leftBehind(), await readdir(dir)]).toEqual([[], ['notes.txt']])
})
