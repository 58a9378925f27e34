import { parentPort, workerData } from 'node:worker_threads'
import { migrations } from '../../src/server/store/migrations/migrations'
import type { WorkerSetup } from '../../src/server/store/sqlite/messages'
import { serveStore } from '../../src/server/store/sqlite/serve-store'

if (!parentPort) throw new Error('the store worker runs in a worker thread')
const setup = workerData as WorkerSetup
// What is read says no words of anybody's.
const lastWords = setup.role === 'reader' ? '"after":987654321' : `kills the ${setup.role}`

/** A store whose threads die of certain words. */
parentPort.on('message', (message) => {
  if (JSON.stringify(message).includes(lastWords)) throw new Error(lastWords)
})
await serveStore({ port: parentPort, setup, migrations })
