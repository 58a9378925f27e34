// Makes packages: npm run dist:linux. With --for-tests they go to release/for-tests and can be driven by Playwright.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, root, script, SetupError, tool } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'

await script(async () => {
  const [platform, ...flags] = process.argv.slice(2)
  if (platform !== 'linux') throw new SetupError('Which platform? This machine can package for: linux')
  await installDependencies()
  const { installSystemPackages } = await import('./setup/system-packages.mjs')
  const { installElectron } = await import('./setup/electron-runtime.mjs')
  const { buildIfStale } = await import('./setup/build.mjs')
  await installSystemPackages('app', 'linuxPackages')
  await installElectron()
  await buildIfStale()

  const { args, env } = await withoutDownloads()
  const forTests = ['-c.directories.output=release/for-tests', '-c.electronFuses.enableNodeCliInspectArguments=true']
  const all = ['--linux', '--publish', 'never', ...args, ...(flags.includes('--for-tests') ? forTests : [])]
  await mustRun(...tool('electron-builder/cli.js', all), { env: { ...process.env, ...env } })
})

/** Where Electron itself could not be downloaded, electron-builder's tools cannot either: ours stand in. */
async function withoutDownloads() {
  const dist = join(root, 'node_modules', 'electron', 'dist')
  const marker = join(dist, 'runtime-version')
  if (!existsSync(marker)) return { args: [], env: {} }

  const version = readFileSync(marker, 'utf8')
  process.stderr.write(`These packages hold the fallback runtime, Electron ${version}: for tests, not for release.\n`)
  const { makeAppImageTools } = await import('./packaging/appimage-tools.mjs')
  return {
    args: [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`],
    env: {
      CUSTOM_FPM_PATH: join(root, 'scripts', 'packaging', 'fpm-shim.mjs'),
      APPIMAGE_TOOLS_PATH: await makeAppImageTools(),
      ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    },
  }
}
