// Runs one TypeScript file of tests/ or scripts/: node scripts/run.mjs tests/chaos/chaos.ts --kills 20
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { keepOwnLocation } from './running/keep-own-location.mjs'

const root = resolve(import.meta.dirname, '..')
const [file, ...args] = process.argv.slice(2)
if (!file) {
  process.stderr.write('Which file? For example: node scripts/run.mjs tests/chaos/chaos.ts --kills 20\n')
  process.exit(2)
}

// Beside the packages, so that the bundle's imports find them.
const outDir = join(root, 'node_modules', '.cache', 'run', String(process.pid))
mkdirSync(outDir, { recursive: true })
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }))

const entry = resolve(file)
await bundle(entry)
process.setSourceMapsEnabled(true)
process.argv = [process.execPath, entry, ...args]
await import(pathToFileURL(join(outDir, 'run.mjs')).href)

/** Bundled, not run module by module: a benchmark's own code then costs what it costs in production. */
async function bundle(/** @type {string} */ input) {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [keepOwnLocation()],
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { input, output: { entryFileNames: 'run.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
}
