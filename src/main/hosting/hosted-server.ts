import { goodCopies, restoreGoodCopy, StartError, startErrorOf, startServer, type RunningServer } from '#server'
import { describeError } from '../diagnostics/describe-error'
import { failure, startOnFreePort, type Failure } from './free-port'
import type { FromServer, HostedOptions, ToServer } from './messages'

// The entry of the utility process: the room server, and the little main hears of it.
const main = process.parentPort
const tell = (message: FromServer) => main.postMessage(message)
const report = (error: unknown) => tell({ kind: 'reported', ...describeError(error) })
const log = (event: string, { reason = '', times = 1 }: Record<string, unknown> = {}) =>
  tell({ kind: 'noted', event, reason: String(reason), times: Number(times) })

let server: RunningServer | undefined

main.on('message', ({ data }: { data: ToServer }) => {
  void (data.kind === 'start' ? start(data.options) : stop()).catch(dieOf)
})
process.on('uncaughtException', dieOf)
process.on('unhandledRejection', dieOf)

async function start({ hosts, ports, copy, ...rest }: HostedOptions): Promise<void> {
  const storeWorker = new URL('./store-worker.js', import.meta.url)
  const restored = copy === undefined ? undefined : await restore(rest.dataDir, copy)
  const outcome =
    restored ??
    (await startOnFreePort(hosts, ports, (host, port) =>
      startServer({ ...rest, host, port, storeWorker, report, log, onDeath: dieOf }),
    ))
  if (!outcome.ok) {
    if (outcome.cause !== undefined) report(outcome.cause)
    const copies = outcome.code === 'data_damaged' ? { copies: await goodCopies(rest.dataDir) } : {}
    tell({ kind: 'failed', code: outcome.code, ...copies })
    return
  }
  server = outcome.server
  tell({ kind: 'started', host: outcome.host, port: server.port })
}

/** Nothing when the copy is in place. */
async function restore(dataDir: string, copy: string): Promise<Failure | undefined> {
  try {
    await restoreGoodCopy(dataDir, copy, Date.now())
    return undefined
  } catch (error) {
    return failure(startErrorOf(error, dataDir) ?? new StartError('data_damaged', { cause: error }))
  }
}

async function stop(): Promise<void> {
  await server?.close()
  process.exit(0)
}

// Main starts another; what was acknowledged is on disk.
function dieOf(error: unknown): void {
  report(error)
  setImmediate(() => process.exit(1))
}
