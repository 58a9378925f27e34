import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { startServer } from '#server'
import { readOptions, runCommand, wholeNumber } from './command-line'
import { play } from './converging/play'
import { steps, type Step } from './converging/steps'
import { builtWorker, noRates } from './server-commands'

/** Random interleavings of what five people do, until one leaves them with different rooms. */
void runCommand(async () => {
  const { values, json } = readOptions(['runs', 'seed'])
  const runs = wholeNumber('runs', values.runs, 200)
  const seed = wholeNumber('seed', values.seed, Date.now() % 1_000_000_000)
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`)
  say(`${runs} runs with seed ${seed}`)

  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-converge-'))
  const broken: string[] = []
  const start = (port: number) =>
    startServer({
      host: '127.0.0.1',
      port,
      dataDir,
      storeWorker: pathToFileURL(builtWorker),
      limits: { ...noRates, roomsPerHour: Infinity },
      report: (error) => broken.push(`the server reported ${String(error)}`),
    })
  let server = await start(0)
  const ground = {
    url: server.url,
    async restart() {
      await server.close()
      server = await start(server.port)
    },
  }
  let played = 0
  const property = fc.asyncProperty(steps, async (chosen: Step[]) => {
    const { wrong } = await play(ground, chosen)
    played++
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  })
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: runs,
    endOnFailure: true,
  })
  if (failed) broken.push(`${String(errorInstance)}\nafter ${JSON.stringify(counterexample)}`)
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
  return { summary: { runs: played, seed, broken: broken.length }, broken }
})
