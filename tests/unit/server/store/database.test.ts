import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { assertPragmas, openDatabase } from '../../../../src/server/store/sqlite/database'

async function database(readOnly = false) {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-database-'))
  const path = join(dir, 'parlor.db')
  const opened = await openDatabase(path, { readOnly: false })
  const reader = readOnly ? await openDatabase(path, { readOnly }) : undefined
  onTestFinished(async () => {
    reader?.close()
    opened.close()
    await rm(dir, { recursive: true })
  })
  return reader ?? opened
}

test.each([false, true])(
  'a database is open only with what durability and safety ask for (read only: %s)',
  async (readOnly) => {
    const opened = await database(readOnly)
    const ask = (pragma: string) => Object.values(opened.prepare(`pragma ${pragma}`).all()[0] ?? {})[0]

    expect(['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout'].map(ask)).toEqual([
      'wal',
      2,
      1,
      0,
      5_000,
    ])
  },
)

test.each([
  'synchronous = normal',
  'foreign_keys = off',
  'trusted_schema = on',
  'busy_timeout = 0',
  'journal_mode = delete',
])('a connection with %s is refused', async (pragma) => {
  const opened = await database()
  opened.exec(`pragma ${pragma}`)
  expect(() => assertPragmas(opened)).toThrow(pragma.split(' ')[0])
})
