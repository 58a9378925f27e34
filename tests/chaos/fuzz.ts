import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOptions, runCommand, wholeNumber } from './command-line'
import { brokenPromises } from './fuzzing/fuzz-summary'
import { runFuzz } from './fuzzing/run-fuzz'
import { headlessServer } from './server-commands'

void runCommand(async () => {
  const { values, json } = readOptions(['packets', 'seed'])
  const packets = wholeNumber('packets', values.packets, 10_000)
  const seed = wholeNumber('seed', values.seed, 1)
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`)
  say(`${packets} packets with seed ${seed}`)

  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-fuzz-'))
  try {
    const summary = await runFuzz({ packets, seed, dataDir, server: headlessServer, say })
    return { summary, broken: brokenPromises(summary) }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
