import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import { openAsIs } from '../../../src/server/store/sqlite/database'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { storeWorker } from '../../support/store-worker'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

test('what was said is there when the store opens again', async () => {
  const dir = await dataDirectory()
  const first = await dir.open()
  const { ada, room } = await openRoom(first, { retention: 'forever' })
  const { message } = await ada.say('hello')
  await first.close()

  const second = await dir.open()
  expect(await second.history({ ...ada, limit: 10 })).toEqual({ messages: [message], hasMore: false })
  expect((await second.append({ ...ada.draft('again'), ...ada })).message.seq).toBe(2)
  expect(await second.members(room.roomId)).toHaveLength(1)
  await second.close()
})

test('nobody else can read what is kept', async () => {
  const dir = await dataDirectory()
  const store = await dir.open()
  const modeOf = async (...parts: string[]) => ((await stat(dir.path(...parts))).mode & 0o777).toString(8)

  expect(await modeOf()).toBe('700')
  for (const file of ['parlor.db', 'parlor.db-wal', 'parlor.key', 'parlor.lock']) expect(await modeOf(file)).toBe('600')
  await store.close()
})

test('a start makes nobody present: minutes are counted anew, days go on', async () => {
  const dir = await dataDirectory()
  const first = await dir.open()
  const minutes = await openRoom(first)
  const days = await openRoom(first, { retention: { days: 1 } })
  const day = 86_400_000
  const emptied = { ranMs: 1_000, passedMs: 1_000 }
  await first.markEmptied(minutes.room.roomId, emptied)
  await first.markEmptied(days.room.roomId, emptied)
  const kept = { ranMs: 500_000, passedMs: 600_000, wallMs: 7_000, doubtedMs: 8_000, doubtedForMs: 9_000 }
  await first.keepTime(kept)
  await first.close()

  const second = await dir.open()
  expect(await second.serverTime()).toEqual(kept)
  const expired = (ranMs: number) => second.deleteExpired({ ranMs, passedMs: day + 1_000 }, 600_000)
  expect(await expired(1_099_999)).toEqual([days.room.roomId])
  expect(await expired(1_100_000)).toEqual([minutes.room.roomId])
  await second.close()
})

describe('one data directory', () => {
  test('has one store at a time, and the first is not disturbed', async () => {
    const dir = await dataDirectory()
    const store = await dir.open()
    await expect(dir.open()).rejects.toMatchObject({ code: 'data_in_use' })

    const { ada } = await openRoom(store)
    await ada.say('still here')
    expect(await ada.texts()).toEqual(['still here'])
    await store.close()
    await (await dir.open()).close()
  })

  test('that cannot be written to is refused', async () => {
    const dir = await dataDirectory()
    await writeFile(dir.path('file'), '')
    const open = openStore({ dataDir: dir.path('file'), worker: storeWorker(), report: () => undefined })
    await expect(open).rejects.toMatchObject({ code: 'data_not_a_folder' })
  })
})

describe('migrating', () => {
  test('backs up what is there first', async () => {
    const dir = await dataDirectory()
    const first = await dir.open()
    const { ada } = await openRoom(first)
    await ada.say('before')
    await first.close()
    await rm(dir.path('backups'), { recursive: true })
    await (await dir.open('store-worker-next')).close()

    const [name = '', daily, ...others] = await readdir(dir.path('backups'))
    expect(name).toMatch(/^parlor-.*-before-migration\.db$/)
    expect(daily).toMatch(/^parlor-.*-daily\.db$/)
    expect(others).toEqual([])
    expect((await stat(dir.path('backups', name))).mode & 0o777).toBe(0o600)
    const backup = await openAsIs(dir.path('backups', name), { readOnly: true })
    expect(backup.prepare('select text from messages').all()).toEqual([{ text: 'before' }])
    expect(backup.prepare("select name from sqlite_master where name = 'pins'").all()).toEqual([])
    backup.close()
  })

  test('a new database needs no backup', async () => {
    const dir = await dataDirectory()
    await (await dir.open('store-worker-next')).close()
    await expect(readdir(dir.path('backups'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a newer schema is refused untouched', async () => {
    const dir = await dataDirectory()
    await (await dir.open('store-worker-next')).close()
    const before = await readFile(dir.path('parlor.db'))

    await expect(dir.open()).rejects.toMatchObject({ code: 'data_newer' })
    expect(before.equals(await readFile(dir.path('parlor.db')))).toBe(true)
  })
})

describe('damage', () => {
  async function conversation() {
    const dir = await dataDirectory()
    const store = await dir.open()
    const { ada } = await openRoom(store, { retention: 'forever' })
    for (const text of ['one', 'two', 'three']) await ada.say(text)
    await store.close()
    return { dir, ada }
  }

  test.each([
    ['text', "text = 'twp'"],
    ['author', "author_name = 'Bda'"],
    ['time', 'sent_at = sent_at + 1'],
    ['key', "client_key = x'00'"],
    ['files', "attachments = '[]'"],
    ['files as text', "attachments = 'none'"],
    ['checksum', "mac = 'none'"],
  ])(
    'in the %s of a row is shown instead of the row, and reported once, without the room’s code',
    async (_, change) => {
      const { dir, ada } = await conversation()
      await dir.sql(`update messages set ${change} where seq = 2`)
      const store = await dir.open()
      const read = async () => (await store.history({ ...ada, limit: 10 })).messages
      await read()

      expect((await read()).map(({ text, damaged }) => [text, damaged])).toEqual([
        ['one', undefined],
        ['', true],
        ['three', undefined],
      ])
      expect(dir.takeReports()).toEqual([{ message: 'row_damaged', context: { seq: 2 } }])
      await store.close()
    },
  )

  test('that moves a row to another place is noticed', async () => {
    const { dir, ada } = await conversation()
    await dir.sql('update messages set seq = 9, rev = 9 where seq = 2')
    const store = await dir.open()
    const { messages } = await store.history({ ...ada, limit: 10 })

    expect(messages.find(({ seq }) => seq === 9)).toMatchObject({ text: '', damaged: true })
    expect(dir.takeReports().map(({ message }) => message)).toContain('row_missing')
    await store.close()
  })

  test('that takes a row away is noticed by the one after it', async () => {
    const { dir, ada } = await conversation()
    await dir.sql('delete from messages where seq = 2')
    const store = await dir.open()
    await store.history({ ...ada, limit: 10 })

    expect(dir.takeReports()).toEqual([{ message: 'row_missing', context: { seq: 3 } }])
    await store.close()
  })

  test.each([
    ['is no database', (file: string) => writeFile(file, 'x'.repeat(9_000))],
    ['ends in the middle', (file: string) => truncate(file, 9_000)],
    ['is empty', (file: string) => truncate(file, 0)],
    ['is gone', (file: string) => rm(file)],
  ])('to the file is refused, and the file left as it is: it %s', async (_, damage) => {
    const { dir } = await conversation()
    await damage(dir.path('parlor.db'))
    const contents = () => readFile(dir.path('parlor.db')).catch(() => undefined)
    const before = await contents()

    await expect(dir.open()).rejects.toMatchObject({ code: 'data_damaged' })
    expect(await contents()).toEqual(before)
  })

  test('to the key is refused while there are messages it must check', async () => {
    const { dir } = await conversation()
    await rm(dir.path('parlor.key'))
    await expect(dir.open()).rejects.toMatchObject({ code: 'data_damaged' })
  })
})

test('a full disk refuses writes, reading goes on, and room on it is enough to go on', async () => {
  const dir = await dataDirectory()
  const store = await dir.open('store-worker-small')
  const { ada } = await openRoom(store)
  const { ada: host } = await openRoom(store)
  const long = 'x'.repeat(8_000)
  await host.say(long)
  await ada.say('first')
  const answers = await Promise.allSettled(Array.from({ length: 200 }, () => ada.say(long)))
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))

  expect(refused.length).toBeGreaterThan(0)
  expect(refused).toEqual(refused.map(() => new Refusal('storage_full')))
  const kept = (await ada.texts()).length
  expect(kept).toBe(1 + answers.length - refused.length)

  await store.closeRoom(host)
  await ada.say('last')
  expect((await ada.texts()).at(-1)).toBe('last')
  await store.close()
})
