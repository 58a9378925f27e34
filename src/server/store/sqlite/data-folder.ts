import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../../start-error'
import { dataFiles } from './data-files'

/** Other systems put these into folders of which people say that they are empty. */
const nobodys = new Set(['lost+found', '.DS_Store'])
const ours = /^(parlor[-.].*|backups|files|aside-.*)$/

export interface DataFolder {
  /** Removes what a start made that comes to nothing, in a folder in which there was no database; `last` comes after. */
  undo: () => { last: () => void }
}

/** Takes a folder for Parlor's: one of its own, an empty one, or a new one. Any other is left as it is, its mode too. */
export function claimDataDir(dataDir: string): DataFolder {
  const before = requireOurs(dataDir)
  const made = makeDir(dataDir)
  const lock = basename(dataFiles(dataDir).lock)
  const remove = (name: string) => rmSync(join(dataDir, name), { recursive: true, force: true })
  const isFresh = (name: string) => !before.has(name) && !name.startsWith('aside-') && ours.test(name)

  return {
    undo() {
      if (before.has(basename(dataFiles(dataDir).database))) return { last: () => undefined }
      for (const name of readdirSync(dataDir)) if (name !== lock && isFresh(name)) remove(name)
      return {
        last() {
          if (isFresh(lock)) remove(lock)
          if (made !== undefined) removeEmpty(dataDir, made)
        },
      }
    },
  }
}

function makeDir(path: string): string | undefined {
  try {
    return mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    let existing = dirname(path)
    while (!existsSync(existing)) existing = dirname(existing)
    // This names the reason; of a read-only disk `mkdir` says that there is no such folder.
    accessSync(existing, constants.W_OK)
    throw error
  }
}

/** The names in it, none when there is no such folder. */
export function requireOurs(dataDir: string): ReadonlySet<string> {
  const folder = entryAt(dataDir)
  if (folder === undefined) return new Set()
  if (!folder.isDirectory()) throw new StartError('data_not_a_folder', { cause: new Error('a file') })

  const names = readdirSync(dataDir).filter((name) => !nobodys.has(name))
  const { database, key, lock, backups, files } = dataFiles(dataDir)
  const isMarked = [database, key, lock].some((path) => names.includes(basename(path)))
  if (!isMarked && !names.every((name) => ours.test(name))) throw new StartError('data_foreign')
  for (const path of [database, key, lock]) requireKind(path, (entry) => entry.isFile())
  for (const path of [backups, files]) requireKind(path, (entry) => entry.isDirectory())
  return new Set(names)
}

function requireKind(path: string, isRight: (entry: Stats) => boolean): void {
  const entry = entryAt(path)
  if (entry && !isRight(entry)) throw new StartError('data_blocked', { cause: new Error(basename(path)) })
}

const entryAt = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false })

function removeEmpty(from: string, upTo: string): void {
  for (let dir = from; existsSync(dir); dir = dirname(dir)) {
    if (readdirSync(dir).length > 0) return
    rmdirSync(dir)
    if (dir === upTo) return
  }
}
