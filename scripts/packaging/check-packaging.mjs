import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const wanted = ['linux deb', 'linux AppImage', 'win nsis', 'win zip', 'mac dmg', 'mac zip']

/**
 * What is wrong with a folder's electron-builder.yml, by electron-builder's own schema; undefined when nothing is.
 * @param {string} dir
 * @returns {Promise<string | undefined>}
 */
export async function packagingProblem(dir) {
  const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config')
  const { DebugLogger } = require('builder-util')
  const config = await getConfig(dir, 'electron-builder.yml', null)
  const platforms = /** @type {readonly ({ target?: string[] } | null)[]} */ ([config.linux, config.win, config.mac])
  try {
    await validateConfiguration(config, new DebugLogger(false))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const targets = ['linux', 'win', 'mac'].flatMap((platform, index) =>
    (platforms[index]?.target ?? []).map((target) => `${platform} ${target}`),
  )
  const missing = wanted.filter((target) => !targets.includes(target))
  return missing.length > 0 ? `No package is made for: ${missing.join(', ')}` : undefined
}
