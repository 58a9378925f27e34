import { existsSync, readdirSync } from 'node:fs'
import { stampOf } from './aside'

export type BackupKind = 'daily' | 'before-migration'

export interface Backup {
  name: string
  kind: BackupKind
  /** Epoch milliseconds by the clock of then, which may have been wrong. */
  at: number
}

const shape =
  /^parlor-(?<day>\d{4}-\d\d-\d\d)T(?<time>\d\d-\d\d-\d\d)-(?<ms>\d{3})Z-(?<kind>daily|before-migration)\.db$/

export const backupName = (kind: BackupKind, at: number): string => `parlor-${stampOf(at)}-${kind}.db`

export function backupOf(name: string): Backup | undefined {
  const { day, time, ms, kind } = shape.exec(name)?.groups ?? {}
  if (day === undefined || time === undefined) return undefined
  return { name, kind: kind as BackupKind, at: Date.parse(`${day}T${time.replaceAll('-', ':')}.${ms}Z`) }
}

/** By name, the oldest first. */
export function allBackupsIn(dir: string): Backup[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .toSorted()
    .flatMap((name) => backupOf(name) ?? [])
}

/** In the order in which they may go: a name from the future says only that the clock was wrong once. */
export function backupsIn(dir: string, kind: BackupKind, now: number): Backup[] {
  const all = allBackupsIn(dir).filter((backup) => backup.kind === kind)
  return [...all.filter(({ at }) => at > now), ...all.filter(({ at }) => at <= now)]
}
