import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openAsIs } from '../../../../src/server/store/sqlite/database'
import { startDailyBackups } from '../../../../src/server/store/sqlite/daily-backups'

const hour = 3_600_000

async function running(earlier: readonly string[], now: number, makeBackup = () => Promise.resolve()) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-backups-'))
  await mkdir(join(dataDir, 'backups'))
  for (const at of earlier) await writeFile(join(dataDir, 'backups', `parlor-${at}-daily.db`), '')
  await keepRoom(join(dataDir, 'parlor.db'))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const made = vi.fn(makeBackup)
  const report = vi.fn()
  const backups = startDailyBackups({ dataDir, now: () => now, makeBackup: made, report })
  onTestFinished(async () => {
    await backups.close()
    vi.useRealTimers()
    await rm(dataDir, { recursive: true })
  })
  const anHourLater = async () => {
    vi.advanceTimersByTime(hour)
    await backups.close()
  }
  return { anHourLater, made, report }
}

/** A database with something to back up, changed after every backup there is. */
async function keepRoom(path: string) {
  const database = await openAsIs(path, { readOnly: false })
  database.exec('create table rooms (room_id text); insert into rooms values (1)')
  database.close()
  await utimes(path, new Date(), new Date(Date.now() + hour))
}

const noon = Date.UTC(2030, 0, 2, 12)

test('a backup a day old is followed by another, and so is none', async () => {
  for (const earlier of [['2030-01-01T11-59-59-000Z'], []]) {
    const { anHourLater, made } = await running(earlier, noon)
    await anHourLater()
    expect(made).toHaveBeenCalled()
  }
})

test('a backup of today is enough', async () => {
  const { anHourLater, made } = await running(['2030-01-01T12-00-01-000Z'], noon)
  await anHourLater()
  expect(made).not.toHaveBeenCalled()
})

test('a backup from the future, which a clock set back leaves, says nothing of when the last was made', async () => {
  const future = '2031-01-01T00-00-00-000Z'
  const due = await running([future], noon)
  await due.anHourLater()
  expect(due.made).toHaveBeenCalled()

  const enough = await running(['2030-01-01T12-00-01-000Z', future], noon)
  await enough.anHourLater()
  expect(enough.made).not.toHaveBeenCalled()
})

test('a backup that fails is reported and tried again', async () => {
  const { anHourLater, made, report } = await running([], noon, () => Promise.reject(new Error('no room')))
  await anHourLater()
  expect(made.mock.calls.length).toBeGreaterThan(1)
  expect(report).toHaveBeenCalledWith(new Error('no room'), { during: 'daily backup' })
})
