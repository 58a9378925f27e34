import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isFolder, setAside } from './set-aside'

/** Replaces a file as a whole: after a power cut it is either the old one or the new one. */
export function replaceFile(file: string, contents: string): void {
  const draft = `${file}.new`
  try {
    writeDraft(draft, contents)
    renameSync(draft, file)
  } catch (error) {
    removeDraft(draft)
    throw error
  }
  syncDirectory(dirname(file))
}

/** Half a draft would keep its space on a full disk. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true })
  } catch {
    // A folder stands there, which is not ours to remove.
  }
}

function writeDraft(draft: string, contents: string): void {
  if (isFolder(draft)) setAside(draft)
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(descriptor, contents)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function syncDirectory(dir: string): void {
  // Windows cannot open a directory and needs no such sync.
  if (process.platform === 'win32') return
  const descriptor = openSync(dir, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
