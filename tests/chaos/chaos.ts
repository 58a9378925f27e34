import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOptions, runCommand, UsageError, wholeNumber } from './command-line'
import { attack } from './kills/attack'
import { brokenPromises } from './kills/chaos-summary'
import { brokenServer, builtWorker, headlessServer } from './server-commands'

const knownControl = 'ack-before-commit'

void runCommand(async () => {
  const { values, json } = readOptions(['kills', 'seed', 'control'])
  const kills = wholeNumber('kills', values.kills, 20)
  const seed = wholeNumber('seed', values.seed, 1)
  if (values.control !== undefined && values.control !== knownControl) {
    throw new UsageError(`--control knows ${knownControl} only.`)
  }
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`)
  say(`${kills} kills with seed ${seed}`)

  const server = values.control === undefined ? headlessServer : brokenServer(builtWorker)
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-chaos-'))
  try {
    const summary = await attack({ kills, seed, dataDir, server, say })
    return { summary, broken: brokenPromises(summary) }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
