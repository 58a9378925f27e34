import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makePrivateDir, syncDir, syncFile } from './data-files'

/** As it stands in names of files, which may hold no colon. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/[:.]/g, '-')

/** A folder of its own within the data folder, for what is taken out of use; nothing of ours ever removes it. */
export function makeAside(dataDir: string, at: number): string {
  const wanted = join(dataDir, `aside-${stampOf(at)}`)
  for (let again = 0; ; again++) {
    const dir = again === 0 ? wanted : `${wanted}-${again}`
    if (existsSync(dir)) continue
    mkdirSync(dir, { mode: 0o700 })
    return dir
  }
}

export function moveAside(paths: readonly string[], aside: string): void {
  for (const path of paths.filter(existsSync)) renameSync(path, join(aside, basename(path)))
  syncDir(aside)
  syncDir(dirname(aside))
}

/** Takes no room where the file system can; the bytes are never changed in place. */
export function linkOrCopy(from: string, to: string): void {
  makePrivateDir(dirname(to))
  try {
    linkSync(from, to)
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw error
    if (!isCode(error, 'EEXIST')) copyWhole(from, to)
  }
}

/** Never half under its name, which is what blobs are trusted by. */
function copyWhole(from: string, to: string): void {
  const partial = `${to}.partial`
  try {
    copyFileSync(from, partial)
    syncFile(partial)
    renameSync(partial, to)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
