import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface ServerWanted {
  /** Made before, with rooms in it. */
  dataDir?: string
  args?: readonly string[]
}

export interface LaunchedServer {
  url: string
  port: number
  pid: number
  dataDir: string
  close: () => Promise<void>
  /** Bugs it has written to its log. */
  reported: () => string[]
}

const cli = join(import.meta.dirname, '../../../out/main/cli.js')
// Scripted colleagues talk faster than people.
const unhurried = [
  'connections',
  'connections-per-address',
  'new-connections-per-minute',
  'event-burst',
  'events-per-second',
  'message-burst',
  'messages-per-second',
  'room-messages-per-second',
  'file-burst',
  'files-per-second',
  'join-failures-per-minute',
  'stranger-event-burst',
  'stranger-events-per-second',
  'frame-burst',
  'frames-per-second',
  'file-opening-burst',
  'files-opened-per-second',
  'memberships-per-hour',
  'directs-per-hour',
  'directs-per-hour-and-address',
  'directs-to-one-per-hour',
]

/** The headless server, in a process of its own. */
export async function launchServer({ dataDir, args = [] }: ServerWanted = {}): Promise<LaunchedServer> {
  const data = dataDir ?? mkdtempSync(join(tmpdir(), 'parlor-server-'))
  const limits = unhurried.flatMap((limit) => [`--${limit}`, 'off'])
  const own = ['--host', '127.0.0.1', '--port', '0', '--data', data, '--names', 'lan.test', '--log-level', 'warn']
  const child = spawn(process.execPath, [cli, ...own, ...limits, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const problems: string[] = []
  createInterface(child.stderr).on('line', (line) => problems.push(line))

  const [first] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => [problems.join('\n')]),
  ])) as [string]
  const url = /http:\S+$/.exec(first)?.[0]
  if (url === undefined) throw new Error(`the server did not start: ${first}`)
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    dataDir: data,
    async close() {
      child.kill('SIGTERM')
      await exited
    },
    reported: () => problems,
  }
}
