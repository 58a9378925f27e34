// End-to-end tests on real Electron and a real browser: npm run test:e2e -- [playwright arguments]
import { runCommand, script, tool } from './running/run-command.mjs'
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
  return runCommand(...withDisplay(...tool('@playwright/test/cli.js', ['test', ...process.argv.slice(2)])))
})
