// Runs one TypeScript file that drives the built app: node scripts/run-with-app.mjs scripts/screenshots.ts
import { join } from 'node:path'
import { root, runCommand, script } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'

await script(async () => {
  await installDependencies()
  const { installSystemPackages } = await import('./setup/system-packages.mjs')
  const { installElectron } = await import('./setup/electron-runtime.mjs')
  const { buildIfStale } = await import('./setup/build.mjs')
  const { withDisplay } = await import('./running/with-display.mjs')
  await installSystemPackages('app', 'tests')
  await installElectron()
  await buildIfStale()
  return runCommand(...withDisplay(process.execPath, [join(root, 'scripts/run.mjs'), ...process.argv.slice(2)]))
})
