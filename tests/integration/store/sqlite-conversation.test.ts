import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, Migrator } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import { rooms } from '../../../src/server/store/migrations/0001-rooms'
import { migrations } from '../../../src/server/store/migrations/migrations'
import { createSeal } from '../../../src/server/store/seal'
import type { MessageRow } from '../../../src/server/store/schema'
import { dataFiles, makeKey } from '../../../src/server/store/sqlite/data-files'
import { openAsIs, openDatabase } from '../../../src/server/store/sqlite/database'
import { sqliteDialect } from '../../../src/server/store/sqlite/dialect'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { storeWorker } from '../../support/store-worker'
import { openRoom } from './store-fixture'

async function dataDirectory() {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-store-'))
  const reported: unknown[] = []
  onTestFinished(async () => {
    await rm(dataDir, { recursive: true })
    expect(reported).toEqual([])
  })
  const open = () => openStore({ dataDir, worker: storeWorker(), report: (error) => reported.push(error) })
  const files = dataFiles(dataDir)
  return { files, open, database: () => openAsIs(files.database, { readOnly: false, waitMs: 1_000 }) }
}

const ada = { roomId: 'TEAR00' as RoomId, memberId: uuidv7() as MemberId }

const columnsThen = 10

/** As the first version of Parlor left it: one room, its host, and what she said. */
async function writeFirstVersion(files: ReturnType<typeof dataFiles>, texts: readonly string[]) {
  const database = await openDatabase(files.database, { readOnly: false })
  const db = new Kysely<never>({ dialect: sqliteDialect(database) })
  const provider = { getMigrations: () => Promise.resolve({ '0001-rooms': rooms }) }
  expect((await new Migrator({ db, provider }).migrateToLatest()).error).toBeUndefined()

  const seal = createSeal(makeKey(files.key))
  const run = (sql: string, ...values: (string | number | Uint8Array | null)[]) => database.prepare(sql).run(...values)
  run('insert into people values (?, ?, ?, ?, 1, 1)', ada.memberId, 'hash', 'Ada', 'ada')
  run("insert into rooms values (?, 'Tea', 1, ?, ?, 'forever', null)", ada.roomId, texts.length, texts.length)
  run("insert into members values (?, ?, 'Ada', 'ada', 'host', 1, null)", ada.roomId, ada.memberId)
  for (const [index, text] of texts.entries()) {
    const seq = index + 1
    const row: Omit<MessageRow, 'mac'> = {
      room_id: ada.roomId,
      seq,
      rev: seq,
      client_key: uuidv7() as ClientKey,
      member_id: ada.memberId,
      author_name: 'Ada',
      text,
      reply_to: null,
      sent_at: 5_000 + seq,
      prev_seq: index,
      edited_at: null,
      deleted_at: null,
      pinned: 0,
      reactions: null,
      attachments: null,
    }
    const kept = Object.values(row).slice(0, columnsThen)
    run('insert into messages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ...kept, seal(row))
  }
  database.close()
}

test('a database whose words were written by triggers is searched and written to as any other', async () => {
  const { files, open } = await dataDirectory()
  await writeFirstVersion(files, ['apples', 'pears'])
  const database = await openDatabase(files.database, { readOnly: false })
  const db = new Kysely<never>({ dialect: sqliteDialect(database) })
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) }
  expect((await new Migrator({ db, provider }).migrateTo('0003-files')).error).toBeUndefined()
  database.close()

  const store = await open()
  const texts = async (query: string) =>
    (await store.search({ memberId: ada.memberId, query, limit: 5 })).hits.map(({ text }) => text)
  await store.append({ ...ada, clientKey: uuidv7() as ClientKey, text: 'more apples', sentAt: 6_000 })
  expect([await texts('appl'), await texts('pears')]).toEqual([['more apples', 'apples'], ['pears']])
  await store.changeMessage({ ...ada, seq: 1, at: 9_000, change: { kind: 'edit', text: 'plums' } })
  await store.changeMessage({ ...ada, seq: 3, at: 9_000, change: { kind: 'delete' } })
  expect([await texts('apples'), await texts('plums')]).toEqual([[], ['plums']])
  await store.close()
})

test('a database of the first version is backed up, upgraded, and all of it is there and found', async () => {
  const { files, open } = await dataDirectory()
  const texts = Array.from({ length: 300 }, (_, n) => `message ${n} about ${n % 2 ? 'apples' : 'pears'}`)
  await writeFirstVersion(files, texts)
  const store = await open()

  const { messages, hasMore } = await store.history({ ...ada, limit: 100 })
  expect([messages.map(({ text }) => text), hasMore]).toEqual([texts.slice(200), true])
  expect(messages[0]).toMatchObject({ seq: 201, rev: 201, pinned: false, reactions: [], attachments: [] })
  expect(await store.search({ memberId: ada.memberId, query: '299 app', limit: 5 })).toEqual({
    hits: [messages.at(-1)],
    hasMore: false,
  })
  const { room } = await store.joinRoom({ ...ada, sessionHash: 'hash', at: 1 })
  expect(room).toMatchObject({ kind: 'group', rev: 300 })
  const change = { kind: 'edit', text: 'plums' } as const
  expect((await store.changeMessage({ ...ada, seq: 300, at: 9_000, change })).message).toMatchObject({ rev: 301 })
  await store.close()

  const [backup = ''] = await readdir(files.backups)
  const before = await openAsIs(join(files.backups, backup), { readOnly: true })
  expect(before.prepare('select name from kysely_migration').all()).toEqual([{ name: '0001-rooms' }])
  before.close()
})

test('what was deleted or edited away is on the disk no longer', async () => {
  const { files, open, database } = await dataDirectory()
  const store = await open()
  const { ada: host } = await openRoom(store, { retention: 'forever' })
  await host.say('marmalade quincunx')
  await host.say('zephyranthes')
  await host.say(`${'long '.repeat(2_000)}perispomenon`)
  await host.change(1, { kind: 'edit', text: 'jam' })
  await host.change(2, { kind: 'delete' })
  await host.change(3, { kind: 'delete' })
  await store.close()

  const left = await database()
  left.exec('pragma wal_checkpoint(truncate)')
  left.close()
  const bytes = await readFile(files.database, 'latin1')
  const words = ['marmalade', 'quincunx', 'zephyranthes', 'perispomenon', 'long long']
  expect(words.filter((word) => bytes.includes(word))).toEqual([])
  expect(bytes).toContain('jam')
})

test('a room that was being deleted when the server went down is deleted after it', async () => {
  const { files, open, database } = await dataDirectory()
  const first = await open()
  const { ada: host } = await openRoom(first)
  await Promise.all(Array.from({ length: 120 }, (_, n) => host.say(`marmalade ${n}`)))
  await first.closeRoom(host)
  await first.close()

  const second = await open()
  await expect(second.history({ ...host, limit: 1 })).rejects.toMatchObject({ code: 'room_not_found' })
  while (await second.clearClosed());
  await second.close()
  const left = await database()
  expect(left.prepare('select count(*) as n from messages').all()).toEqual([{ n: 0 }])
  left.exec('pragma wal_checkpoint(truncate)')
  left.close()
  expect(await readFile(files.database, 'latin1')).not.toContain('marmalade')
})

test('a damaged row takes no change, and neither hides the others nor keeps its room', async () => {
  const { open, database } = await dataDirectory()
  const first = await open()
  const { ada: host } = await openRoom(first, { retention: 'forever' })
  await host.say('one')
  await host.say('two')
  await first.close()
  const damaged = await database()
  damaged.exec('drop trigger message_words_changed')
  damaged.exec("update messages set text = 'another' where seq = 1")
  damaged.close()

  const second = await open()
  const change = { kind: 'edit', text: 'mine' } as const
  await expect(second.changeMessage({ ...host, seq: 1, at: 1, change })).rejects.toMatchObject({ code: 'conflict' })
  expect((await second.search({ ...host, query: 'two', limit: 5 })).hits).toHaveLength(1)
  await second.closeRoom(host)
  await second.close()
})
