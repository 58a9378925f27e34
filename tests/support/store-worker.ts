import { fileURLToPath, pathToFileURL } from 'node:url'
import { join, resolve } from 'node:path'

const root = resolve(fileURLToPath(import.meta.url), '../../..')

/** Inside `node_modules`, so that what the bundles leave out is found from there. */
export const storeWorkerDir = join(root, 'node_modules/.cache/test-workers')

export const storeWorkers = {
  'store-worker': join(root, 'src/server/store/sqlite/worker.ts'),
  'store-worker-next': join(root, 'tests/support/store-worker-next.ts'),
  'store-worker-mortal': join(root, 'tests/support/store-worker-mortal.ts'),
  'store-worker-small': join(root, 'tests/support/store-worker-small.ts'),
}

/** The URL of a bundled worker script: what `startServer` and `openStore` take. */
export const storeWorker = (name: keyof typeof storeWorkers = 'store-worker'): URL =>
  pathToFileURL(join(storeWorkerDir, `${name}.js`))
