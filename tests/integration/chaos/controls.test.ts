import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import * as fuzzing from '../../chaos/fuzzing/fuzz-summary'
import { runFuzz } from '../../chaos/fuzzing/run-fuzz'
import { attack } from '../../chaos/kills/attack'
import * as kills from '../../chaos/kills/chaos-summary'
import { brokenServer, trustingServer } from '../../chaos/server-commands'
import { storeWorker } from '../../support/store-worker'

const patienceMs = 180_000
const say = () => undefined

async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-control-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  return dataDir
}

test(
  'a server that acknowledges before it commits is caught losing messages',
  async () => {
    const server = brokenServer(fileURLToPath(storeWorker()))
    const summary = await attack({ kills: 2, seed: 1, dataDir: await makeDataDir(), server, say })

    expect(summary.acked).toBeGreaterThan(0)
    expect(summary.lost).toBeGreaterThan(0)
    expect(kills.brokenPromises(summary)).toContain(`${summary.lost} acknowledged messages lost`)
  },
  patienceMs,
)

test(
  'a server that trusts what arrives is caught dying of a malformed packet',
  async () => {
    const server = trustingServer
    const summary = await runFuzz({ packets: 1_000, seed: 1, dataDir: await makeDataDir(), server, say })

    expect(summary.uncaught).toBeGreaterThan(0)
    expect(summary.canaryFailures).toBeGreaterThan(0)
    expect(fuzzing.brokenPromises(summary)).toContain(`${summary.uncaught} uncaught errors`)
  },
  patienceMs,
)
