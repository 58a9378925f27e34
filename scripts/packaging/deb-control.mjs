import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'

const text = /** @type {const} */ ({ type: 'string' })
const list = /** @type {const} */ ({ type: 'string', multiple: true })

/**
 * fpm's arguments as electron-builder writes them: options, then `from=to` for each file or directory.
 * @param {string[]} args
 */
export function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      s: { ...text, short: 's' },
      t: { ...text, short: 't' },
      depends: { ...list, short: 'd' },
      force: { type: 'boolean' },
      debug: { type: 'boolean' },
      log: text,
      architecture: text,
      'after-install': text,
      'after-remove': text,
      description: text,
      version: text,
      package: text,
      name: text,
      maintainer: text,
      vendor: text,
      url: text,
      category: text,
      license: text,
      iteration: text,
      'deb-priority': text,
      'deb-compression': text,
      'deb-recommends': list,
    },
  })
  const files = positionals.map((pair) => {
    const at = pair.lastIndexOf('=')
    return { from: pair.slice(0, at), to: pair.slice(at + 1) }
  })
  return { options: values, files }
}

/**
 * The control file of a binary package. https://www.debian.org/doc/debian-policy/ch-controlfields.html
 * @param {ReturnType<typeof readArguments>['options']} options
 * @param {string} installedKiB
 */
export function control(options, installedKiB) {
  const [synopsis = '', ...description] = (options.description ?? '').trim().split('\n')
  const fields = {
    Package: options.name,
    Version: options.iteration ? `${options.version}-${options.iteration}` : options.version,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    'Installed-Size': installedKiB,
    Depends: options.depends?.join(', '),
    Recommends: options['deb-recommends']?.join(', '),
    Section: options.category ?? 'net',
    Priority: options['deb-priority'] ?? 'optional',
    Homepage: options.url,
    Description: [synopsis, ...description.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  }
  const lines = Object.entries(fields).flatMap(([field, value]) => (value ? [`${field}: ${value}`] : []))
  return `${lines.join('\n')}\n`
}

/** @param {string} stage the package's files, with DEBIAN beside them */
export function md5sums(stage) {
  return readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(stage, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('DEBIAN'))
    .toSorted()
    .map(
      (path) =>
        `${createHash('md5')
          .update(readFileSync(join(stage, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('')
}
