// End-to-end tests on real Electron and a real browser: npm run test:e2e -- [playwright arguments]
import { hasDisplay } from './running/with-display.mjs'
import { openDisplays } from './running/displays.mjs'
import { runCommand, script, tool } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'

/** Tests run side by side where each can have a display of its own. */
const sideBySide = 2

await script(async () => {
  await installDependencies()
  const { installSystemPackages } = await import('./setup/system-packages.mjs')
  const { installElectron } = await import('./setup/electron-runtime.mjs')
  const { buildIfStale } = await import('./setup/build.mjs')
  await installSystemPackages('app', 'tests')
  await installElectron()
  await buildIfStale()
  const playwright = tool('@playwright/test/cli.js', ['test', ...process.argv.slice(2)])
  if (hasDisplay()) return runCommand(...playwright)

  const displays = await openDisplays(sideBySide)
  try {
    return await runCommand(...playwright, { env: { ...process.env, PARLOR_DISPLAYS: displays.names.join(' ') } })
  } finally {
    displays.close()
  }
})
