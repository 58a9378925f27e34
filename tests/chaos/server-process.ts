import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { within } from './waiting'

export interface ServerCommand {
  /** Node's arguments: the script and its options. */
  args: readonly string[]
  env?: Record<string, string>
}

export interface ServerEvents {
  /** A bug the server reports, or anything it prints that is no log line. */
  onError: (words: string) => void
  /** Every line it prints. */
  onLine?: (line: string) => void
  /** It ended and nobody had asked for that. */
  onDeath: (code: number | null) => void
}

/** One life of the headless server. */
export interface ServerProcess {
  pid: number
  url: string
  isAlive: () => boolean
  /** SIGKILL; resolves once the process is gone. */
  kill: () => Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop: () => Promise<number | null>
}

const startMs = 30_000
const stopMs = 15_000
const firstLine = /^Parlor server listening on (http:\/\/\S+)$/

/** Starts a server and waits for its first line. */
export async function startServerProcess({ args, env }: ServerCommand, events: ServerEvents): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = once(child, 'exit') as Promise<[number | null]>
  let isWanted = true
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  void gone.then(([code]) => {
    process.off('exit', killNow)
    if (isWanted) events.onDeath(code)
  })

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    isWanted = false
    child.kill(signal)
    const [code] = await within(gone, stopMs, signal)
    return code
  }
  try {
    const url = await within(urlOf(child, events), startMs, 'the server start')
    return {
      pid: child.pid!,
      url,
      isAlive: () => child.exitCode === null && child.signalCode === null,
      async kill() {
        await end('SIGKILL')
      },
      stop: () => end('SIGTERM'),
    }
  } catch (error) {
    if (child.exitCode === null) await end('SIGKILL')
    throw error
  }
}

function urlOf(child: ChildProcess, { onError, onLine }: ServerEvents): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (line: string) => {
      onLine?.(line)
      const url = firstLine.exec(line)?.[1]
      if (url) resolve(url)
      else if (!isQuiet(line)) onError(line)
    }
    createInterface({ input: child.stdout! }).on('line', read)
    createInterface({ input: child.stderr! }).on('line', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code ?? 'a signal'} before it listened`)))
  })
}

const errorLevel = 50

/** A log line below the level of errors. */
function isQuiet(line: string): boolean {
  try {
    const { level } = JSON.parse(line) as { level?: number }
    return typeof level === 'number' && level < errorLevel
  } catch {
    return false
  }
}
