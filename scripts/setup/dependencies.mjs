import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, npm, root } from '../running/run-command.mjs'

/** Installs exactly what package-lock.json names, if that is not what is there. */
export async function installDependencies() {
  if (isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return
  process.stderr.write('Installing the packages Parlor is built from…\n')
  await mustRun(...npm(['ci', '--loglevel=error', '--no-audit', '--no-fund']), { quiet: true })
}

/**
 * npm keeps a copy of the lock file beside what it installed, without the packages meant for other platforms.
 * @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} Packages
 * @param {Packages | undefined} wanted
 * @param {Packages | undefined} installed
 */
export function isInstalled(wanted, installed) {
  if (!wanted || !installed) return false
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path]
    return path === '' || (found ? found.version === entry.version : entry.optional === true)
  })
}

/** @param {string} file @returns {Packages | undefined} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
}
