// Unit and integration tests on the Node that Electron 45 carries: npm run test:node24 -- [vitest arguments]
import { delimiter, dirname } from 'node:path'
import { runCommand, script, tool } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'
import { newerNode } from './setup/newer-node.mjs'

await script(async () => {
  await installDependencies()
  const node = await newerNode()
  if (node === undefined) {
    process.stdout.write('Not run: there is no Node 24 for this system at hand. Start this script with one.\n')
    return 0
  }
  const [, vitest] = tool('vitest/vitest.mjs', ['run', ...process.argv.slice(2)])
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`
  return runCommand(node, vitest, { env: { ...process.env, PATH: path } })
})
