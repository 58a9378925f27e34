import * as v from 'valibot'
import { FromServer, type HostedOptions, type ToServer } from './messages'

/** As much of Electron's UtilityProcess as is used here. */
export interface Child {
  postMessage: (message: ToServer) => void
  on: ((event: 'message', listener: (message: unknown) => void) => unknown) &
    ((event: 'exit', listener: (code: number) => void) => unknown)
  kill: () => boolean
}

interface ServerProcessOptions {
  fork: () => Child
  options: HostedOptions
  heard: (message: FromServer) => void
  exited: (code: number) => void
  report: (error: unknown) => void
}

const stopLimitMs = 5_000

export interface ServerProcess {
  /** Resolves when it has ended, by force if it will not. */
  stop: () => Promise<void>
}

/** One run of the server process. */
export function startServerProcess({ fork, options, heard, exited, report }: ServerProcessOptions): ServerProcess {
  const child = fork()
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      resolve()
      exited(code)
    })
  })
  child.on('message', (raw) => {
    const message = v.safeParse(FromServer, raw)
    if (message.success) heard(message.output)
    else report(new Error('the server process sent an unknown message'))
  })
  child.postMessage({ kind: 'start', options })

  return {
    async stop() {
      child.postMessage({ kind: 'stop' })
      const limit = setTimeout(() => child.kill(), stopLimitMs)
      await ended
      clearTimeout(limit)
    },
  }
}
