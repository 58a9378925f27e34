import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Question } from '../servers/answer-parent'
import type { ServerName } from './bundle-servers'

/** One server in a process of its own. */
export interface ServerProcess {
  port: number
  /** User and system time of all its threads since it started. */
  cpuUs: () => Promise<number>
  /** After a garbage collection. */
  rssBytes: () => Promise<number>
  stop: () => Promise<void>
}

/** Starts a server; `stop` leaves a CPU profile of it in `profileDir`, where given. */
export type StartServer = (name: ServerName) => Promise<ServerProcess>

export const createStartServer =
  (bundle: string, profileDir?: string): StartServer =>
  async (name) => {
    const profiling = profileDir ? ['--cpu-prof', '--cpu-prof-dir', profileDir] : []
    const child = fork(join(bundle, `${name}.mjs`), [], { execArgv: ['--expose-gc', ...profiling] })
    const onExit = (code: number | null) => {
      throw new Error(`${name} ended by itself with ${code}`)
    }
    child.on('exit', onExit)

    const nextAnswer = async () => ((await once(child, 'message')) as [number])[0]
    const ask = (question: Question) => {
      const answered = nextAnswer()
      child.send(question)
      return answered
    }

    return {
      port: await nextAnswer(),
      cpuUs: () => ask('cpuUs'),
      rssBytes: () => ask('rssBytes'),
      stop: async () => {
        child.off('exit', onExit)
        const ended = once(child, 'exit')
        child.send('stop' satisfies Question)
        await ended
      },
    }
  }
