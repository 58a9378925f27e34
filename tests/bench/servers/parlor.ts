import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startServer, type ServerOptions } from '#server'
import { answerParent } from './answer-parent'

const noRates: ServerOptions['limits'] = {
  connections: Infinity,
  connectionsPerAddress: Infinity,
  newConnectionsPerMinute: Infinity,
  eventBurst: Infinity,
  framesPerSecond: Infinity,
  eventsPerSecond: Infinity,
  strangerEventsPerSecond: Infinity,
  messageBurst: Infinity,
  messagesPerSecond: Infinity,
  roomMessagesPerSecond: Infinity,
  joinsPerSecond: Infinity,
  roomsPerHour: Infinity,
  roomMembers: Infinity,
  membershipsPerHour: Infinity,
  historyPerSecond: Infinity,
  joinFailuresPerMinute: Infinity,
  joinFailuresPerMinuteInAll: Infinity,
}

// On the project's own disk: a temporary folder may be memory, where making durable costs nothing.
const dataDir = mkdtempSync(join(import.meta.dirname, 'data-'))
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  dataDir,
  storeWorker: new URL('./store-worker.mjs', import.meta.url),
  limits: noRates,
  report: rethrow,
  onDeath: rethrow,
})

answerParent(server.port, async () => {
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function rethrow(error: unknown): never {
  throw error
}
