// The headless server, built first if needed. Set-up speaks on stderr: the first line of stdout is the server's own.
import { join } from 'node:path'
import { root, runCommand, script } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'

await script(async () => {
  await installDependencies()
  const { buildIfStale } = await import('./setup/build.mjs')
  await buildIfStale()
  return runCommand(process.execPath, [join(root, 'out/main/cli.js'), ...process.argv.slice(2)])
})
