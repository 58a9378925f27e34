import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createBackupAging } from '../../../src/server/store/sqlite/age-backups'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

const [minute, day] = [60_000, 86_400_000]
const newYear = Date.UTC(2030, 0, 1)
const nameOf = (at: number, kind: string) => `parlor-${new Date(at).toISOString().replace(/[:.]/g, '-')}-${kind}.db`

async function withBackups(...backups: readonly [daysAgo: number, kind: string][]) {
  const dir = await dataDirectory()
  await mkdir(dir.path('backups'))
  for (const [daysAgo, kind] of backups) await writeFile(dir.path('backups', nameOf(newYear - daysAgo * day, kind)), '')
  const clock = { wall: newYear, elapsed: 0 }
  const aging = createBackupAging(dir.path('backups'), { now: () => clock.wall, elapsed: () => clock.elapsed })
  return {
    passes: (ms: number) => {
      clock.wall += ms
      clock.elapsed += ms
      aging.look()
    },
    isSet: (byMs: number) => {
      clock.wall += byMs
      aging.look()
    },
    days: async () =>
      (await readdir(dir.path('backups')))
        .map((name) => Math.round((newYear - Date.parse(`${name.slice(7, 17)}T00:00:00Z`)) / day))
        .toSorted((one, other) => one - other),
  }
}

test('the first backup is there after a run of a moment, and an empty server makes none', async () => {
  const dir = await dataDirectory()
  await (await dir.open()).close()
  await expect(readdir(dir.path('backups'))).rejects.toMatchObject({ code: 'ENOENT' })

  const store = await dir.open()
  await (await openRoom(store)).ada.say('hello')
  await store.close()
  expect(await readdir(dir.path('backups'))).toEqual([expect.stringMatching(/-daily\.db$/)])
  await (await dir.open()).close()
  expect(await readdir(dir.path('backups'))).toHaveLength(1)
})

test('a week makes a daily backup old and a month one before an upgrade, however few there are', async () => {
  const { passes, days } = await withBackups(
    [1, 'daily'],
    [6, 'daily'],
    [9, 'daily'],
    [29, 'before-migration'],
    [31, 'before-migration'],
  )
  passes(9 * minute)
  expect(await days()).toEqual([1, 6, 9, 29, 31])
  passes(2 * minute)
  expect(await days()).toEqual([1, 6, 29])
})

test('the newest daily backup is never too old, nor one before an upgrade while nothing was copied since', async () => {
  const { passes, days } = await withBackups([40, 'daily'], [50, 'daily'], [35, 'before-migration'])
  passes(11 * minute)
  expect(await days()).toEqual([35, 40])
})

test('a clock that is set takes no backup with it', async () => {
  const { passes, isSet, days } = await withBackups([1, 'daily'], [2, 'daily'], [3, 'daily'])
  passes(11 * minute)
  isSet(300 * day)
  passes(9 * minute)
  isSet(-300 * day)
  passes(11 * minute)
  expect(await days()).toEqual([1, 2, 3])
})
