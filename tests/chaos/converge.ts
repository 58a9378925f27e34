import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { readOptions, runCommand, wholeNumber } from './command-line'
import type { Ground } from './converging/member'
import { play } from './converging/play'
import { steps, type Step } from './converging/steps'
import { headlessServer } from './server-commands'
import { startServerProcess } from './server-process'
import { freePort } from '../support/free-port'

/** The server as an operator runs it, restarted by SIGKILL. */
async function openGround(
  dataDir: string,
  complain: (words: string) => void,
): Promise<Ground & { stop: () => unknown }> {
  const port = await freePort()
  const { args } = headlessServer({ port, dataDir })
  const start = () =>
    startServerProcess(
      { args: [...args, '--rooms-per-hour', 'off'] },
      { onError: complain, onDeath: (code) => complain(`the server died (${code ?? 'killed'})`) },
    )
  let server = await start()
  return {
    url: server.url,
    async restart() {
      await server.kill()
      server = await start()
    },
    stop: () => server.stop(),
  }
}

/** Random interleavings of what five people do, until one leaves them with different rooms. */
void runCommand(async () => {
  const { values, json } = readOptions(['runs', 'seed'])
  const runs = wholeNumber('runs', values.runs, 200)
  const seed = wholeNumber('seed', values.seed, Date.now() % 1_000_000_000)
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`)
  say(`${runs} runs with seed ${seed}`)

  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-converge-'))
  const broken: string[] = []
  const ground = await openGround(dataDir, (words) => broken.push(words))
  let [played, kills] = [0, 0]
  const property = fc.asyncProperty(steps, async (chosen: Step[]) => {
    const { wrong } = await play(ground, chosen)
    played++
    kills += chosen.filter((step) => step.do === 'restartServer').length
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  })
  const outcome = await fc.check(property, { seed, numRuns: runs, endOnFailure: true })
  if (outcome.failed) broken.push(`${String(outcome.errorInstance)}\nafter ${JSON.stringify(outcome.counterexample)}`)
  await ground.stop()
  await rm(dataDir, { recursive: true, force: true })
  return { summary: { runs: played, kills, seed, broken: broken.length }, broken }
})
