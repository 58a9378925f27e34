import { parentPort, workerData } from 'node:worker_threads'
import { migrations } from '../../src/server/store/migrations/migrations'
import type { WorkerSetup } from '../../src/server/store/sqlite/messages'
import { serveStore } from '../../src/server/store/sqlite/serve-store'

const mostPages = 60

if (!parentPort) throw new Error('the store worker runs in a worker thread')
/** The store on a disk that is soon full. */
await serveStore({
  port: parentPort,
  setup: workerData as WorkerSetup,
  migrations,
  onOpen: (database) => database.exec(`pragma max_page_count = ${mostPages}`),
})
