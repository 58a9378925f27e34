import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, root, tool } from '../running/run-command.mjs'

const sources = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const stamp = join(root, 'out', 'built-at')

/** Builds out/ if any source is newer than the last build. */
export async function buildIfStale() {
  const builtAt = changedAt(stamp)
  if (sources.every((source) => newestIn(join(root, source)) < builtAt)) return
  process.stderr.write('Building Parlor…\n')
  const startedAt = Date.now()
  await mustRun(...tool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']), { quiet: true })
  // What changed while we were building is not in the build.
  writeFileSync(stamp, String(startedAt))
}

/** @param {string} path */
function newestIn(path) {
  let newest = changedAt(path)
  if (!statSync(path).isDirectory()) return newest
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    newest = Math.max(
      newest,
      entry.isDirectory() ? newestIn(join(path, entry.name)) : changedAt(join(path, entry.name)),
    )
  }
  return newest
}

/** @param {string} path */
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
