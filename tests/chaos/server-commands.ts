import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from './command-line'
import type { ServerCommand } from './server-process'

export interface Place {
  port: number
  dataDir: string
}

const root = resolve(import.meta.dirname, '../..')
export const builtServer = join(root, 'out/main/cli.js')

/** Everybody in these runs comes from one address, and writes as fast as it can. */
export const noRates = {
  connections: 10_000,
  connectionsPerAddress: 10_000,
  requestsPerSecond: Infinity,
  newConnectionsPerMinute: Infinity,
  framesPerSecond: Infinity,
  eventsPerSecond: Infinity,
  strangerEventsPerSecond: Infinity,
  messagesPerSecond: Infinity,
  roomMessagesPerSecond: Infinity,
  joinsPerSecond: Infinity,
  leavesPerSecond: Infinity,
  historyPerSecond: Infinity,
  searchesPerSecond: Infinity,
  roomChangesPerSecond: Infinity,
  reactionsPerSecond: Infinity,
  typingPerSecond: Infinity,
  readsPerSecond: Infinity,
  refusalsPerSecond: Infinity,
  refusalsInARow: Infinity,
}

export const builtWorker = join(root, 'out/main/store-worker.js')

/** The built server as an operator runs it. */
export function headlessServer({ port, dataDir }: Place): ServerCommand {
  if (!existsSync(builtServer)) throw new UsageError('There is nothing to run yet: npm run build makes it.')
  const place = ['--host', '127.0.0.1', '--port', String(port), '--data', dataDir, '--log-level', 'error']
  return { args: [builtServer, ...place, ...limitOptions(noRates)] }
}

/** Limits as the command line takes them. */
export const limitOptions = (limits: Readonly<Record<string, number>>): string[] =>
  Object.entries(limits).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value === Infinity ? 'off' : String(value),
  ])

/** The control of the kills: a server whose acknowledgements do not wait for the commit. */
export const brokenServer =
  (worker: string) =>
  ({ port, dataDir }: Place): ServerCommand => ({
    args: [...runs('broken-server.ts'), '--port', String(port), '--data', dataDir, '--worker', worker],
  })

/** The control of the malformed packets: Socket.IO with handlers that trust what arrives. */
export const trustingServer = ({ port }: Place): ServerCommand => ({
  args: [...runs('trusting-server.ts'), '--port', String(port)],
})

const runs = (file: string) => [join(root, 'scripts/run.mjs'), join(root, 'tests/chaos', file)]
