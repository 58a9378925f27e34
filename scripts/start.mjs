// Opens Parlor on a machine that has nothing but Node: gets what is missing, builds, runs.
import { join } from 'node:path'
import { root, runCommand, script, tool } from './running/run-command.mjs'
import { hasDisplay } from './running/with-display.mjs'
import { installDependencies } from './setup/dependencies.mjs'

await script(async () => {
  await installDependencies()
  const { buildIfStale } = await import('./setup/build.mjs')
  const args = process.argv.slice(2)

  if (!hasDisplay()) {
    process.stderr.write('There is no display here, so Parlor serves its browser interface instead.\n')
    await buildIfStale()
    const { freePort } = await import('./running/free-port.mjs')
    return runCommand(process.execPath, [join(root, 'out/main/cli.js'), '--port', String(await freePort(4545))])
  }

  const { installSystemPackages } = await import('./setup/system-packages.mjs')
  const { electronEnv, installElectron } = await import('./setup/electron-runtime.mjs')
  await installSystemPackages('app')
  await installElectron()
  await buildIfStale()
  return runCommand(...tool('electron/cli.js', ['.', ...args]), { env: electronEnv() })
})
