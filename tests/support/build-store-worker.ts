import { build } from 'vite'
import { storeWorkerDir, storeWorkers } from './store-worker'

/** Bundles the store's worker scripts once per test run, as the app's build does. */
export default async function buildStoreWorkers(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: storeWorkerDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: storeWorkers,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: ['valibot', 'kysely'] },
  })
}
