import { startServer } from '#server'
import { openStore } from '../../src/server/store/sqlite/open-store'
import { readOptions, wholeNumber } from './command-line'
import { acknowledgeBeforeCommit } from './kills/acknowledge-before-commit'
import { noRates } from './server-commands'

/** The control of the chaos run: Parlor's server over a store that answers before it has committed. */
const { values } = readOptions(['port', 'data', 'worker'])

const server = await startServer({
  host: '127.0.0.1',
  port: wholeNumber('port', values.port, 0),
  dataDir: values.data ?? '',
  storeWorker: values.worker ?? '',
  openStore: async (options) => acknowledgeBeforeCommit(await openStore(options), options.report),
  limits: noRates,
  report: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  onDeath: rethrow,
})
process.stdout.write(`Parlor server listening on ${server.url}\n`)
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))

function rethrow(error: unknown): never {
  throw error
}
