import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { mustRun, npm, SetupError } from '../running/run-command.mjs'

/** @typedef {{ name: string, version: string, sha512: string }} Pinned an npm package; `sha512` of its archive, base64 */

const cacheDir = () => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parlor')

/**
 * A folder made of one npm package, kept for the next time. `make` gets the archive and an empty folder to work in, and
 * answers the folder to keep.
 * @param {Pinned} pinned
 * @param {string} label what the kept folder is called
 * @param {(archive: string, work: string) => Promise<string>} make
 * @returns {Promise<string>}
 */
export async function keptPackage(pinned, label, make) {
  const kept = join(cacheDir(), `${label}-${pinned.sha512.slice(0, 8).replace(/\W/g, '')}`)
  if (existsSync(kept)) return kept
  mkdirSync(dirname(kept), { recursive: true })
  const work = mkdtempSync(join(dirname(kept), 'getting-'))
  try {
    await mustRun(...npm(['pack', '--silent', `${pinned.name}@${pinned.version}`]), { cwd: work, quiet: true })
    const archive = join(work, readdirSync(work).find((file) => file.endsWith('.tgz')) ?? 'missing.tgz')
    await refuseUnlessPinned(archive, pinned)
    renameSync(await make(archive, work), kept)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return kept
}

/** @param {string} archive @param {Pinned} pinned */
export async function refuseUnlessPinned(archive, { name, sha512 }) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  const found = hash.digest('base64')
  if (found !== sha512) throw new SetupError(`${name} is not the expected archive (sha512 ${found}); not used.`)
}
