import { copyFileSync, existsSync, linkSync, lstatSync, renameSync, rmSync } from 'node:fs'

const mostCopies = 9

/**
 * Puts a damaged file aside as `<file>.damaged-<n>` and answers where; a folder in its place is moved there. The file
 * itself stays until a sound one replaces it: a crash in between loses neither. Of many copies the first ones and the
 * newest are kept.
 */
export function setAside(file: string): string {
  const copy = nameOfCopy(file)
  if (isFolder(file)) {
    renameSync(file, copy)
    return copy
  }
  rmSync(copy, { force: true })
  try {
    // Takes no room, which a full disk does not have.
    linkSync(file, copy)
  } catch {
    copyFileSync(file, copy)
  }
  return copy
}

function nameOfCopy(file: string): string {
  const names = Array.from({ length: mostCopies }, (_, index) => `${file}.damaged-${index + 1}`)
  return names.find((name) => !existsSync(name)) ?? `${file}.damaged-${mostCopies}`
}

export const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** A file in the place of a folder of ours is put aside, so that the folder can be made. */
export function clearFolder(dir: string, report: (error: unknown) => void): void {
  try {
    if (existsSync(dir) && !isFolder(dir)) renameSync(dir, nameOfCopy(dir))
  } catch (error) {
    report(error)
  }
}
