import { open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backUp } from '../../../src/server/store/sqlite/backup'
import { openDatabase } from '../../../src/server/store/sqlite/database'
import { dataFiles } from '../../../src/server/store/sqlite/data-files'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

const day = 86_400_000
const newYear = Date.UTC(2030, 0, 1)

type DataDirectory = Awaited<ReturnType<typeof dataDirectory>>

async function conversation(dir: DataDirectory) {
  const store = await dir.open()
  const { ada } = await openRoom(store, { retention: 'forever' })
  for (let n = 0; n < 40; n++) await ada.say(`${n} `.repeat(1_000))
  await store.close()
  await rm(dir.path('backups'), { recursive: true })
}

/** Bytes that are no database, in the last quarter of the file. */
async function spoilEnd(path: string) {
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(size / 4, 0xff), 0, size / 4, size - size / 4)
  await file.close()
}

describe('a daily backup', () => {
  test('is a whole database, made while the store is in use, and seven are kept', async () => {
    const dir = await dataDirectory()
    const store = await dir.open()
    const { ada } = await openRoom(store)
    await ada.say('kept')
    for (let n = 0; n < 9; n++) await (await dir.backUp(newYear + n * day)).ended

    const names = await readdir(dir.path('backups'))
    expect(names.toSorted().at(0)).toBe('parlor-2030-01-03T00-00-00-000Z-daily.db')
    expect(names).toHaveLength(7)
    const backup = await openDatabase(dir.path('backups', names[0] ?? ''), { readOnly: false })
    expect(backup.prepare('select text from messages').all()).toEqual([{ text: 'kept' }])
    backup.close()
    await store.close()
  })

  test('from a wrong clock goes before those from a right one', async () => {
    const dir = await dataDirectory()
    await conversation(dir)
    for (let n = 0; n < 6; n++) await (await dir.backUp(newYear + n * day)).ended
    await (
      await dir.backUp(newYear + 365 * day)
    ).ended
    await (
      await dir.backUp(newYear + 6 * day)
    ).ended

    const days = (await readdir(dir.path('backups'))).toSorted().map((name) => name.slice(7, 17))
    expect(days).toEqual([1, 2, 3, 4, 5, 6, 7].map((date) => `2030-01-0${date}`))
  })

  test('that fails leaves nothing behind', async () => {
    const dir = await dataDirectory()
    await conversation(dir)
    await spoilEnd(dir.path('parlor.db'))

    await expect(dir.backUp(newYear)).rejects.toMatchObject({ code: 'data_damaged' })
    expect(await readdir(dir.path('backups'))).toEqual([])
  })

  test('that a crash cut short is gone with the next start', async () => {
    const dir = await dataDirectory()
    await conversation(dir)
    await (
      await dir.backUp(newYear)
    ).ended
    const [whole = ''] = await readdir(dir.path('backups'))
    for (const suffix of ['partial', 'partial-journal']) await writeFile(dir.path('backups', `${whole}.${suffix}`), '')
    await (await dir.open()).close()

    expect((await readdir(dir.path('backups'))).filter((name) => name.startsWith(whole))).toEqual([whole])
  })

  test('is not begun where it would fill the disk', async () => {
    const dir = await dataDirectory()
    await conversation(dir)
    const database = await openDatabase(dir.path('parlor.db'), { readOnly: true })
    onTestFinished(() => database.close())
    const { size } = await stat(dir.path('parlor.db'))
    const withFree = (freeBytes: number) => () =>
      backUp(database, dataFiles(dir.path()), { kind: 'daily', now: newYear, freeBytes: () => freeBytes })

    await expect(withFree(2 * size - 1)()).rejects.toMatchObject({ code: 'data_full' })
    expect(await readdir(dir.path('backups'))).toEqual([])
    await withFree(2 * size)()
    expect(await readdir(dir.path('backups'))).toHaveLength(1)
  })
})
