#!/usr/bin/env node
// Stands in for `fpm -s dir -t deb` where fpm cannot be had: understands what electron-builder asks of it.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { control, md5sums, readArguments } from './deb-control.mjs'

const { options, files } = readArguments(process.argv.slice(2))
if (options.t !== 'deb') throw new Error(`fpm-shim makes deb packages only, not ${options.t}`)

const stage = mkdtempSync(join(tmpdir(), 'parlor-deb-'))
try {
  for (const { from, to } of files) copy(from, join(stage, to))
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', stage])

  mkdirSync(join(stage, 'DEBIAN'))
  writeFileSync(join(stage, 'DEBIAN', 'control'), control(options, installedKiB()))
  writeFileSync(join(stage, 'DEBIAN', 'md5sums'), md5sums(stage))
  maintainerScript(options['after-install'], 'postinst')
  maintainerScript(options['after-remove'], 'postrm')
  const compression = options['deb-compression'] === 'gz' ? 'gzip' : (options['deb-compression'] ?? 'xz')
  const output = /** @type {string} */ (options.package)
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', stage, output], { stdio: 'inherit' })
} finally {
  rmSync(stage, { recursive: true, force: true })
}

/** @param {string} from ends with a slash when it means a directory's contents @param {string} to */
function copy(from, to) {
  mkdirSync(from.endsWith('/') ? to : dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

/** @param {string | undefined} source @param {string} name */
function maintainerScript(source, name) {
  if (!source) return
  copyFileSync(source, join(stage, 'DEBIAN', name))
  chmodSync(join(stage, 'DEBIAN', name), 0o755)
}

function installedKiB() {
  return execFileSync('du', ['-sk', '--exclude=DEBIAN', stage], { encoding: 'utf8' }).split('\t')[0] ?? '0'
}
