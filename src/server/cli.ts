#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import { pino } from 'pino'
import { isCopyCommand, runCopyCommand } from './command-line/copy-commands'
import { readCommandLine, type CommandLine } from './command-line/read-options'
import { exitCodeOf, startSentences } from './command-line/start-sentences'
import { stopOnSignals } from './command-line/stop-on-signals'
import { startServer } from './start-server'
import { StartError } from './start-error'

const builtInterface = fileURLToPath(new URL('../renderer', import.meta.url))

try {
  const argv = process.argv.slice(2)
  if (isCopyCommand(argv[0])) process.exitCode = await runCopyCommand(argv, process.env, { say, complain })
  else await serve(readCommandLine(argv, process.env))
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}

function complain(line: string) {
  process.stderr.write(`${line}\n`)
}

async function serve(line: CommandLine) {
  // Synchronous, so that the last line before an exit is written too.
  const logger = pino({ level: line.logLevel }, pino.destination({ dest: 2, sync: true }))
  const failOn = (event: 'uncaught' | 'unhandled' | 'store_died') => (error: unknown) => {
    logger.fatal({ err: error }, event)
    process.exit(1)
  }
  process.on('uncaughtException', failOn('uncaught'))
  process.on('unhandledRejection', failOn('unhandled'))

  const webDir = line.web ?? (existsSync(builtInterface) ? builtInterface : undefined)
  try {
    const starting = startServer({
      host: line.host,
      port: line.port,
      dataDir: line.data,
      storeWorker: new URL('./store-worker.js', import.meta.url),
      limits: line.limits,
      graceMs: line.graceSeconds * 1_000,
      keepEmptyMs: line.keepEmptyMinutes * 60_000,
      roomCodeLength: line.roomCodeLength,
      ...(line.fileDays !== undefined && { keepFilesMs: line.fileDays * 86_400_000 }),
      ...(line.names && { names: line.names }),
      ...(webDir !== undefined && { webDir }),
      report: (error, context) => logger.error({ err: error, ...context }, 'reported'),
      log: (event, fields) => logger.info(fields ?? {}, event),
      onDeath: failOn('store_died'),
    })
    stopOnSignals(
      async () => (await starting).close(),
      (code) => process.exit(code),
    )
    const server = await starting
    say(`Parlor server listening on ${server.url}`)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    complain(startSentences[error.code](line))
    logger.debug({ err: error }, 'start_failed')
    process.exitCode = exitCodeOf(error.code)
  }
}
