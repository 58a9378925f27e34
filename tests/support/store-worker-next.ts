import { parentPort, workerData } from 'node:worker_threads'
import type { Migration } from 'kysely'
import { migrations } from '../../src/server/store/migrations/migrations'
import type { WorkerSetup } from '../../src/server/store/sqlite/messages'
import { serveStore } from '../../src/server/store/sqlite/serve-store'

/** The store as a later version of Parlor may have it: one migration more. */
const pins: Migration = {
  up: (db) => db.schema.createTable('pins').addColumn('room_id', 'text').execute(),
}

if (!parentPort) throw new Error('the store worker runs in a worker thread')
await serveStore({
  port: parentPort,
  setup: workerData as WorkerSetup,
  migrations: { ...migrations, '9999-pins': pins },
})
