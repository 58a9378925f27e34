// Everything that must hold, from a fresh checkout on: npm test
import { join } from 'node:path'
import { countTests } from './running/count-tests.mjs'
import { npm, root, runCommand, script } from './running/run-command.mjs'
import { installDependencies } from './setup/dependencies.mjs'

/** @param {string[]} args @returns {[string, string[]]} */
const run = (...args) => [process.execPath, [join(root, 'scripts', 'run.mjs'), ...args]]

// The whole of it is `npm run test:node24`.
const onNewerNode = [
  join(root, 'scripts', 'test-newer-node.mjs'),
  'tests/unit/server',
  'tests/unit/shared',
  'tests/unit/main',
  'tests/unit/client',
  'tests/integration/store',
  'tests/integration/server/unread-answers',
  'tests/integration/server/frame-floods',
  'tests/integration/server/reading-no-further',
]

/** @type {readonly (readonly [title: string, command: string, args: readonly string[]])[]} */
const steps = [
  ['Types, lint, directions, dead code, unit and integration tests', ...npm(['run', '-s', 'check'])],
  ['On Node 24: the store, and what leans on Node itself', process.execPath, onNewerNode],
  ['End to end, on real Electron and a real browser', process.execPath, [join(root, 'scripts', 'e2e.mjs')]],
  ['Killed servers lose nothing', ...run('tests/chaos/chaos.ts', '--kills', '20', '--json')],
  ['Malformed packets', ...run('tests/chaos/fuzz.ts', '--packets', '10000', '--json')],
  ['Attacks beside honest people', ...run('tests/attack/attack.ts', '--short', '--json')],
]

await script(async () => {
  const total = { passed: 0, failed: 0 }
  await setUp()
  for (const [title, command, args] of steps) {
    process.stdout.write(`\n=== ${title}\n`)
    let output = ''
    const startedAt = Date.now()
    const code = await runCommand(command, args, { onOutput: (text) => (output += text) })
    process.stdout.write(`=== ${Math.round((Date.now() - startedAt) / 1_000)} s\n`)
    const counted = countTests(output, code)
    total.passed += counted.passed
    total.failed += counted.failed
    if (code !== 0) {
      process.stdout.write(`\nFailed: ${title}\n${total.passed} passed, ${total.failed} failed\n`)
      return 1
    }
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
  return 0
})

async function setUp() {
  process.stdout.write('=== Set-up\n')
  await installDependencies()
  const { installSystemPackages } = await import('./setup/system-packages.mjs')
  const { installElectron } = await import('./setup/electron-runtime.mjs')
  const { buildIfStale } = await import('./setup/build.mjs')
  await installSystemPackages('app', 'tests')
  await installElectron()
  await buildIfStale()
}
