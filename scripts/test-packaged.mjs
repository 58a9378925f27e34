// The short end-to-end test on the app as people install it: npm run test:packaged
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustRun, root, runCommand, script } from './running/run-command.mjs'

const packages = join(root, 'release', 'for-tests')
const own = (/** @type {string} */ name) => join(root, 'scripts', name)

await script(async () => {
  await mustRun(process.execPath, [own('dist.mjs'), 'linux', '--for-tests'])
  const installed = await installDeb(packageOf('.deb'))
  try {
    for (const app of [installed.app, packageOf('.AppImage')]) {
      process.stdout.write(`\n=== ${app}\n`)
      const code = await runCommand(process.execPath, [own('e2e.mjs')], {
        env: { ...process.env, PARLOR_E2E_APP: app },
      })
      if (code !== 0) return code
    }
    return 0
  } finally {
    await installed.remove()
  }
})

/** @param {string} ending */
function packageOf(ending) {
  const name = readdirSync(packages).find((file) => file.endsWith(ending))
  if (!name) throw new Error(`There is no ${ending} in ${packages}.`)
  return join(packages, name)
}

/**
 * Installed for real by whoever may do that, else unpacked.
 * @param {string} deb
 */
async function installDeb(deb) {
  if (process.getuid?.() === 0) {
    await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '--reinstall', deb], { quiet: true })
    const remove = () => mustRun('apt-get', ['purge', '-y', '-qq', 'parlor'], { quiet: true })
    return { app: '/opt/Parlor/parlor', remove }
  }
  const dir = mkdtempSync(join(tmpdir(), 'parlor-deb-'))
  await mustRun('dpkg-deb', ['-x', deb, dir])
  const remove = async () => rmSync(dir, { recursive: true, force: true })
  return { app: join(dir, 'opt/Parlor/parlor'), remove }
}
