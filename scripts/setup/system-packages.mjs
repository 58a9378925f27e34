import { execFileSync, spawnSync } from 'node:child_process'
import { mustRun, SetupError } from '../running/run-command.mjs'

/** `a|b`: the same library under its name in older and newer releases. */
export const systemPackages = {
  app: [
    'unzip',
    'xdg-utils',
    'libgtk-3-0|libgtk-3-0t64',
    'libnss3',
    'libasound2|libasound2t64',
    'libgbm1',
    'libnotify4',
    'libxss1',
    'libxtst6',
    'libsecret-1-0',
  ],
  tests: [
    'xvfb',
    'xauth',
    'chromium',
    'python3-socketio',
    'python3-websocket',
    'python3-requests',
    'desktop-file-utils',
    'fonts-noto-color-emoji',
  ],
  linuxPackages: [
    'desktop-file-utils',
    'p7zip-full',
    'squashfs-tools',
    'libsquashfuse-dev',
    'gcc',
    'libc6-dev',
    'zlib1g-dev',
    'liblzma-dev',
    'liblzo2-dev',
    'liblz4-dev',
    'libzstd-dev',
  ],
}

/**
 * Makes sure Debian's packages of these groups are there. On other systems it is left to the person.
 * @param {...keyof typeof systemPackages} groups
 */
export async function installSystemPackages(...groups) {
  if (process.platform !== 'linux' || !hasCommand('dpkg-query')) return
  const missing = [...new Set(groups.flatMap((group) => systemPackages[group]))].filter((names) => !isInstalled(names))
  if (missing.length === 0) return

  if (process.getuid?.() !== 0) {
    const names = missing.map((name) => name.split('|')[0]).join(' ')
    throw new SetupError(
      `Some system packages are missing. Install them and try again:\n  sudo apt-get install ${names}`,
    )
  }
  process.stderr.write(`Installing ${missing.join(' ')}…\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await mustRun('apt-get', ['update', '-qq'], { env, quiet: true })
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing.map(nameHere)], {
    env,
    quiet: true,
  })
}

/** @param {string} names */
const isInstalled = (names) =>
  names.split('|').some((name) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
    return stdout === 'installed'
  })

/** @param {string} names */
const nameHere = (names) =>
  names.split('|').find((name) => execFileSync('apt-cache', ['search', '--names-only', `^${name}$`]).length > 0) ??
  names

/** @param {string} command */
const hasCommand = (command) => spawnSync('which', [command]).status === 0
