import { join, resolve } from 'node:path'
import { build } from 'vite'
import { storeWorkers } from './store-worker'

const root = resolve(import.meta.dirname, '../..')

/** Bundles the headless server as the app's build does; `cli.js` in `outDir` runs it. */
export async function buildCli(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: { cli: join(root, 'src/server/cli.ts'), 'store-worker': storeWorkers['store-worker'] },
        output: { entryFileNames: '[name].js' },
      },
    },
    ssr: { noExternal: ['valibot'] },
  })
}
