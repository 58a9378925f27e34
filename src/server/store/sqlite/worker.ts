import { parentPort, workerData } from 'node:worker_threads'
import { migrations } from '../migrations/migrations'
import type { WorkerSetup } from './messages'
import { serveStore } from './serve-store'

if (!parentPort) throw new Error('the store worker runs in a worker thread')
await serveStore({ port: parentPort, setup: workerData as WorkerSetup, migrations })
