import { Kysely } from 'kysely'
import { limits } from '#shared/protocol/limits'
import { expect, onTestFinished, test } from 'vitest'
import { changes } from '../../../src/server/store/operations/reading'
import type { Schema } from '../../../src/server/store/schema'
import { createSeal } from '../../../src/server/store/seal'
import { dataFiles, readKey } from '../../../src/server/store/sqlite/data-files'
import { openDatabase, type DatabaseSync } from '../../../src/server/store/sqlite/database'
import { sqliteDialect } from '../../../src/server/store/sqlite/dialect'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

const messages = 400
const text = 'x'.repeat(16_000)
const fitting = Math.floor(limits.pageBytes / text.length)

/** The same database, and how many rows were read from it. */
function counted(database: DatabaseSync) {
  const read = { rows: 0 }
  const prepare: DatabaseSync['prepare'] = (sql) => {
    const statement = database.prepare(sql)
    return {
      columns: () => statement.columns(),
      run: (...parameters) => statement.run(...parameters),
      all(...parameters) {
        const rows = statement.all(...parameters)
        read.rows += rows.length
        return rows
      },
    }
  }
  const exec: DatabaseSync['exec'] = (sql) => database.exec(sql)
  const close = () => database.close()
  return { read, database: { isTransaction: false, prepare, exec, close } }
}

test('of long messages that were missed no more are read than a few pages have, and none is left out', async () => {
  const directory = await dataDirectory()
  const store = await directory.open()
  onTestFinished(() => store.close())
  const { ada } = await openRoom(store)
  for (let n = 0; n < messages; n += 100) await Promise.all(Array.from({ length: 100 }, () => ada.say(text)))
  const files = dataFiles(directory.path())
  const { read, database } = counted(await openDatabase(files.database, { readOnly: true }))
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) })
  onTestFinished(() => db.destroy())
  const integrity = {
    seal: createSeal(readKey(files.key) ?? Buffer.alloc(0)),
    onDamage: () => undefined,
    keepFilesMs: Infinity,
  }

  const seqs: number[] = []
  for (let hasMore = true; hasMore;) {
    read.rows = 0
    const page = await changes(
      db,
      { ...ada, since: seqs.at(-1) ?? 0, limit: limits.changesPage, most: 5_000 },
      integrity,
    )
    if (page.reset) throw new Error('it is no reset')
    expect(read.rows).toBeLessThan(fitting * 3)
    seqs.push(...page.messages.map(({ seq }) => seq))
    hasMore = page.hasMore
  }
  expect(seqs).toEqual(Array.from({ length: messages }, (_, index) => index + 1))
})
