import { join, resolve } from 'node:path'
import type { ServerCommand } from './server-process'

export interface Place {
  port: number
  dataDir: string
}

const root = resolve(import.meta.dirname, '../..')

/** Everybody in these runs comes from one address, and writes as fast as it can. */
export const noRates = {
  connections: 10_000,
  connectionsPerAddress: 10_000,
  newConnectionsPerMinute: Infinity,
  eventsPerSecond: Infinity,
  messagesPerSecond: Infinity,
  roomMessagesPerSecond: Infinity,
  historyPerSecond: Infinity,
  refusalsPerSecond: Infinity,
  refusalsInARow: Infinity,
}

/** The built server as an operator runs it. */
export function headlessServer({ port, dataDir }: Place): ServerCommand {
  const place = ['--host', '127.0.0.1', '--port', String(port), '--data', dataDir, '--log-level', 'error']
  const limits = Object.entries(noRates).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value === Infinity ? 'off' : String(value),
  ])
  return { args: [join(root, 'out/main/cli.js'), ...place, ...limits] }
}

/** The control: a server whose acknowledgements do not wait for the commit. */
export function brokenServer({ port, dataDir }: Place): ServerCommand {
  const runner = [join(root, 'scripts/run.mjs'), join(root, 'tests/chaos/broken-server.ts')]
  return { args: [...runner, '--port', String(port), '--data', dataDir] }
}
