// Makes every size and container of the icon from icon.svg: node build/make-icons.mjs (needs rsvg-convert).
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { icns, ico } from './icon-containers.mjs'

const here = import.meta.dirname
const source = join(here, 'icon.svg')
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

mkdirSync(join(here, 'icons'), { recursive: true })
const pngs = new Map(sizes.map((size) => [size, render(size)]))
// The 1024 pixels one lives only in the macOS container.
for (const [size, png] of pngs) if (size <= 512) writeFileSync(join(here, 'icons', `${size}x${size}.png`), png)
writeFileSync(join(here, 'icon.ico'), ico(pngs))
writeFileSync(join(here, 'icon.icns'), icns(pngs))
copyFileSync(source, join(here, '../src/renderer/public/favicon.svg'))

/** @param {number} size */
function render(size) {
  return execFileSync('rsvg-convert', ['-w', String(size), '-h', String(size), source], { maxBuffer: 16 * 1024 * 1024 })
}
