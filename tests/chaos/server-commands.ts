import { join, resolve } from 'node:path'
import type { ServerCommand } from './server-process'

export interface Place {
  port: number
  dataDir: string
}

const root = resolve(import.meta.dirname, '../..')

/** The built server as an operator runs it, with every rate off: everybody here comes from one address. */
export function headlessServer({ port, dataDir }: Place): ServerCommand {
  return { args: [join(root, 'out/main/cli.js'), '--host', '127.0.0.1', '--port', String(port), '--data', dataDir] }
}

/** The control: a server whose acknowledgements do not wait for the commit. */
export function brokenServer({ port, dataDir }: Place): ServerCommand {
  const runner = [join(root, 'scripts/run.mjs'), join(root, 'tests/chaos/broken-server.ts')]
  return { args: [...runner, '--port', String(port), '--data', dataDir] }
}
