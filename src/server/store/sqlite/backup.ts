import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from './database'
import { makePrivateDir, makePrivateFile } from './data-files'

export const keptBackups = 7
export type BackupKind = 'daily' | 'before-migration'

const shape = /^parlor-(?<at>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)-(?<kind>daily|before-migration)\.db$/

/** A consistent copy, seen under its name only when whole. */
export function backUp(database: DatabaseSync, dir: string, kind: BackupKind, now: number): void {
  makePrivateDir(dir)
  const name = `parlor-${new Date(now).toISOString().replace(/[:.]/g, '-')}-${kind}.db`
  const partial = join(dir, `${name}.partial`)
  rmSync(partial, { force: true })
  makePrivateFile(partial)
  database.prepare('vacuum into ?').run(partial)
  renameSync(partial, join(dir, name))

  for (const old of backupsOf(dir, kind).slice(0, -keptBackups)) rmSync(join(dir, old))
}

/** When the last of a kind was made, in epoch milliseconds; 0 when there is none. */
export function lastBackupAt(dir: string, kind: BackupKind): number {
  const at = shape.exec(backupsOf(dir, kind).at(-1) ?? '')?.groups?.['at']
  return at ? Date.parse(at.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/, 'T$1:$2:$3.$4Z')) : 0
}

function backupsOf(dir: string, kind: BackupKind): string[] {
  makePrivateDir(dir)
  return readdirSync(dir)
    .filter((name) => shape.exec(name)?.groups?.['kind'] === kind)
    .toSorted()
}
