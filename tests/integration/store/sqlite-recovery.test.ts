import { cp, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { goodCopies, restoreGoodCopy } from '../../../src/server/copies/good-copies'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { holdLog } from '../../support/hold-log'
import { storeWorker } from '../../support/store-worker'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

/** A folder with a backup of `one`, as a kill leaves it: `two` is in the write-ahead log alone. */
async function killedFolder() {
  const dir = await dataDirectory()
  const store = await dir.open()
  const { ada } = await openRoom(store, { retention: 'forever' })
  await ada.say('one')
  await (
    await dir.backUp(Date.now())
  ).ended
  const letGo = await holdLog(dir.path())
  for (let n = 0; n < 30; n++) await ada.say(`two ${'x'.repeat(3_000)}`)
  const killed = `${dir.path()}-killed`
  await cp(dir.path(), killed, { recursive: true })
  letGo()
  onTestFinished(() => rm(killed, { recursive: true }))
  await store.close()
  const [backup = ''] = await readdir(join(killed, 'backups'))
  return { dataDir: killed, backup: join(killed, 'backups', backup), ada }
}

const openIn = (dataDir: string, worker?: Parameters<typeof storeWorker>[0]) =>
  openStore({
    dataDir,
    worker: storeWorker(worker),
    report: (error) => {
      throw error
    },
  })

async function textsIn(dataDir: string, ada: Awaited<ReturnType<typeof killedFolder>>['ada']) {
  const store = await openIn(dataDir)
  const { messages } = await store.history({ roomId: ada.roomId, memberId: ada.memberId, limit: 100 })
  await store.close()
  return messages.map(({ text, damaged }) => [text, damaged])
}

describe('a backup copied over the database after a kill', () => {
  test('is what opens, and the log of the other one is put aside', async () => {
    const { dataDir, backup, ada } = await killedFolder()
    const log = await readFile(join(dataDir, 'parlor.db-wal'))
    await copyFile(backup, join(dataDir, 'parlor.db'))

    expect(await textsIn(dataDir, ada)).toEqual([['one', undefined]])
    const [aside = ''] = (await readdir(dataDir)).filter((name) => name.startsWith('aside-'))
    expect(log.equals(await readFile(join(dataDir, aside, 'parlor.db-wal')))).toBe(true)
  })

  test('brings its key, whatever key is there', async () => {
    const { dataDir, backup, ada } = await killedFolder()
    const other = await dataDirectory()
    const store = await other.open()
    await (await openRoom(store)).ada.say('other')
    await store.close()
    const otherKey = await readFile(other.path('parlor.key'))
    await copyFile(backup, other.path('parlor.db'))

    expect(await textsIn(other.path(), ada)).toEqual([['one', undefined]])
    expect(await readFile(other.path('parlor.key'))).toEqual(await readFile(join(dataDir, 'parlor.key')))
    const [aside = ''] = (await readdir(other.path())).filter((name) => name.startsWith('aside-'))
    expect(await readFile(other.path(aside, 'parlor.key'))).toEqual(otherKey)
  })
})

test('a log that is the database’s own is read after a kill', async () => {
  const { dataDir, ada } = await killedFolder()
  expect((await textsIn(dataDir, ada)).length).toBe(31)
  expect((await readdir(dataDir)).filter((name) => name.startsWith('aside-'))).toEqual([])
})

test('a backup alone in an empty folder is a whole database', async () => {
  const { dataDir, backup, ada } = await killedFolder()
  const alone = `${dataDir}-alone`
  await mkdir(alone)
  onTestFinished(() => rm(alone, { recursive: true }))
  await copyFile(backup, join(alone, 'parlor.db'))

  expect(await textsIn(alone, ada)).toEqual([['one', undefined]])
})

test('damaged data goes on from a copy found whole, and a damaged copy is not among them', async () => {
  const { dataDir, backup, ada } = await killedFolder()
  const spoilt = Buffer.from('not a database '.repeat(600))
  for (const name of ['parlor.db', 'parlor.db-wal']) await writeFile(join(dataDir, name), spoilt)
  await writeFile(join(dataDir, 'backups', 'parlor-2031-01-01T00-00-00-000Z-daily.db'), spoilt)
  await expect(openIn(dataDir)).rejects.toMatchObject({ code: 'data_damaged' })

  const copies = await goodCopies(dataDir)
  expect(copies.map(({ name }) => name)).toEqual([basename(backup)])
  await restoreGoodCopy(dataDir, basename(backup), Date.now())
  expect(await textsIn(dataDir, ada)).toEqual([['one', undefined]])
  const [aside = ''] = (await readdir(dataDir)).filter((name) => name.startsWith('aside-'))
  expect(spoilt.equals(await readFile(join(dataDir, aside, 'parlor.db')))).toBe(true)
})
