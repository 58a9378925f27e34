import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { backupsIn } from './backup-names'

const dayMs = 86_400_000
export const keptDays = { daily: 7, 'before-migration': 30 }
const steadyMs = 600_000
const slackMs = 60_000

/**
 * Removes backups that are too old, for they hold what was deleted since. A clock that is set wrong makes every backup
 * old, so nothing goes before the clock has run ten minutes without being set, and the newest daily one never.
 */
export function createBackupAging(dir: string, { now, elapsed }: { now: () => number; elapsed: () => number }) {
  let since = { wall: now(), elapsed: elapsed() }

  return {
    look() {
      const current = { wall: now(), elapsed: elapsed() }
      const ranMs = current.elapsed - since.elapsed
      if (Math.abs(current.wall - since.wall - ranMs) > slackMs) since = current
      else if (ranMs >= steadyMs) removeOld(dir, current.wall)
    },
  }
}

function removeOld(dir: string, now: number): void {
  const isOld = (at: number, days: number) => at < now - days * dayMs
  const daily = backupsIn(dir, 'daily', now)
  const newest = daily.at(-1)
  const old = daily.filter((backup) => backup !== newest && isOld(backup.at, keptDays.daily))
  // With a copy made by the version that came after it, nobody needs to go back.
  const outlived = backupsIn(dir, 'before-migration', now).filter(
    ({ at }) => isOld(at, keptDays['before-migration']) && newest !== undefined && newest.at > at,
  )
  for (const { name } of [...old, ...outlived]) rmSync(join(dir, name), { force: true })
}
