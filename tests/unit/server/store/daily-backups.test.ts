import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startDailyBackups } from '../../../../src/server/store/sqlite/daily-backups'

const hour = 3_600_000

async function running(lastBackup: string | undefined, now: number, makeBackup = () => Promise.resolve()) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-backups-'))
  await mkdir(join(dataDir, 'backups'))
  if (lastBackup) await writeFile(join(dataDir, 'backups', `parlor-${lastBackup}-daily.db`), '')
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

const noon = Date.UTC(2030, 0, 2, 12)

test('a backup a day old is followed by another, and so is none', async () => {
  for (const last of ['2030-01-01T11-59-59-000Z', undefined]) {
    const { anHourLater, made } = await running(last, noon)
    await anHourLater()
    expect(made).toHaveBeenCalled()
  }
})

test('a backup of today is enough', async () => {
  const { anHourLater, made } = await running('2030-01-01T12-00-01-000Z', noon)
  await anHourLater()
  expect(made).not.toHaveBeenCalled()
})

test('a backup from the future, which a clock set back leaves, does not stop them', async () => {
  const { anHourLater, made } = await running('2031-01-01T00-00-00-000Z', noon)
  await anHourLater()
  expect(made).toHaveBeenCalled()
})

test('a backup that fails is reported and tried again', async () => {
  const { anHourLater, made, report } = await running(undefined, noon, () => Promise.reject(new Error('no room')))
  await anHourLater()
  expect(made.mock.calls.length).toBeGreaterThan(1)
  expect(report).toHaveBeenCalledWith(new Error('no room'), { during: 'daily backup' })
})
