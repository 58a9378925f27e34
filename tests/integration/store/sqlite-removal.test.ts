import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openAsIs } from '../../../src/server/store/sqlite/database'
import { dataDirectory } from './data-directory'
import { enter, openRoom } from './store-fixture'

type DataDirectory = Awaited<ReturnType<typeof dataDirectory>>

/** The files of the folder that hold any of these bytes. */
async function filesWith(dir: DataDirectory, ...canaries: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(dir.path(), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(`${entry.parentPath}/${entry.name}`).catch(() => Buffer.alloc(0))
    if (canaries.some((canary) => bytes.includes(canary))) found.push(entry.name)
  }
  return found
}

/** With other messages around, so that pages are full and are split and joined. */
async function conversation() {
  const dir = await dataDirectory()
  const store = await dir.open()
  const { ada } = await openRoom(store, { retention: 'forever' })
  const grace = await enter(store, ada.roomId, 'Grace')
  const chat = async (n: number) => {
    for (let i = 0; i < n; i++) await grace.say(`plain ${i} ${'y'.repeat((i * 37) % 900)}`)
  }
  return { dir, store, ada, chat }
}

test('a deleted, edited or closed away text is in no file of the running server within seconds', async () => {
  const { dir, store, ada, chat } = await conversation()
  const other = await openRoom(store, { retention: 'forever' })
  await chat(60)
  const deleted = await ada.say(`qdeletedcanary ${'z'.repeat(300)}`)
  await chat(60)
  const edited = await ada.say('qeditedcanary')
  await other.ada.say('qclosedcanary')
  await chat(60)
  for (const said of ['qdeletedcanary', 'qeditedcanary', 'qclosedcanary'])
    expect([said, await filesWith(dir, said)]).not.toEqual([said, []])
  await ada.change(deleted.message.seq, { kind: 'delete' })
  await ada.change(edited.message.seq, { kind: 'edit', text: 'something else' })
  await store.closeRoom(other.ada)

  const canaries = ['qdeletedcanary', 'qeditedcanary', 'qclosedcanary', 'deletedcanary', 'editedcanary', 'closedcanary']
  await expect.poll(() => filesWith(dir, ...canaries), { timeout: 10_000 }).toEqual([])
  expect(await ada.find('else')).toEqual(['something else'])
  await store.close()
}, 20_000)

test('a reader that holds the log for long only puts that off, and holds up nobody', async () => {
  const { dir, store, ada, chat } = await conversation()
  const { message } = await ada.say('qheldcanary')
  const reader = await openAsIs(dir.path('parlor.db'), { readOnly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from messages').all()
  await ada.change(message.seq, { kind: 'delete' })
  await chat(30)
  await expect.poll(async () => (await readFile(dir.path('parlor.db-wal'))).length).toBeGreaterThan(0)
  expect(await filesWith(dir, 'heldcanary')).not.toEqual([])
  reader.exec('commit')
  reader.close()

  await expect.poll(() => filesWith(dir, 'heldcanary'), { timeout: 10_000 }).toEqual([])
  await store.close()
}, 20_000)
