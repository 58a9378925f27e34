import { setTimeout as sleep } from 'node:timers/promises'
import { createNotes } from '../notes'
import { createRandom } from '../random'
import type { Place } from '../server-commands'
import { startServerProcess, type ServerCommand, type ServerProcess } from '../server-process'
import { freePort } from '../../support/free-port'
import { startCanary, type Canary } from './canary'
import type { FuzzSummary } from './fuzz-summary'
import { createLane, type Lane } from './lane'
import { watchMemory } from './memory'
import { createTally, type Tally } from './tally'

export interface Fuzz {
  packets: number
  seed: number
  dataDir: string
  server: (place: Place) => ServerCommand
  say: (line: string) => void
}

const laneCount = 48
const mostMinutes = 20
const progressMs = 10_000
/** V8 frees what a storm has left behind only once it is calm. */
const calmMs = 15_000

/** Sends malformed packets over many connections at once while an ordinary user goes on writing. */
export async function runFuzz({ packets, seed, dataDir, server: command, say }: Fuzz): Promise<FuzzSummary> {
  const startedAt = performance.now()
  const errors = createNotes('server error', say)
  const server = await startServerProcess(command({ port: await freePort(), dataDir }), {
    onError: errors.add,
    onDeath: (code) => errors.add(`it ended with ${code}`),
  })
  const canary = await startCanary(server.url, say)
  const memory = watchMemory(server)
  const tally = createTally()
  const progress = setInterval(() => say(`${tally.total()} packets, ${memory.nowMb()} MB`), progressMs)

  let halfwayMb = memory.beforeMb
  const onHalfway = () => (halfwayMb = memory.nowMb())
  const lanes = createLanes({ packets, seed, server, canary, onHalfway }, tally)
  const outcomes = await Promise.allSettled(lanes.map(({ run }) => run()))
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') errors.add(`a lane ended: ${String(outcome.reason)}`)
  if (errors.count() === 0) await sleep(calmMs)
  clearInterval(progress)
  memory.stop()
  const rss = {
    rssBeforeMb: memory.beforeMb,
    rssHalfwayMb: halfwayMb,
    rssPeakMb: memory.peakMb(),
    rssGrowthMb: memory.nowMb() - halfwayMb,
  }
  await canary.stop()
  await stop(server, errors.add)
  tally.samples().forEach(say)

  return {
    ...figuresOf(errors.all(), tally, canary),
    allowed: lanes.reduce((sum, { allowed }) => sum + allowed(), 0),
    ...rss,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    seed,
  }
}

function createLanes(
  {
    packets,
    seed,
    server,
    canary,
    onHalfway,
  }: { packets: number; seed: number; server: ServerProcess; canary: Canary; onHalfway: () => void },
  tally: Tally,
): Lane[] {
  const end = performance.now() + mostMinutes * 60_000
  let taken = 0
  const takeOne = () => {
    if (taken === Math.floor(packets / 2)) onHalfway()
    return server.isAlive() && performance.now() < end && taken++ < packets
  }
  return Array.from({ length: laneCount }, (_, at) => {
    const lane = { url: server.url, roomId: canary.roomId, name: `Fuzz ${at + 1}`, takeOne }
    return createLane(lane, createRandom(seed * 1_000 + at), tally)
  })
}

async function stop(server: ServerProcess, onError: (words: string) => void) {
  const exitCode = server.isAlive() ? await server.stop() : 0
  if (exitCode !== 0) onError(`it stopped with ${exitCode}`)
}

function figuresOf(errors: readonly string[], tally: Tally, canary: Canary) {
  const [packets, refused, closed] = [tally.total(), tally.count('refused'), tally.count('closed')]
  return {
    packets,
    uncaught: errors.length,
    unhandled: errors.filter((words) => /"msg":"unhandled"|UnhandledPromise/.test(words)).length,
    unanswered: packets - refused - closed,
    canaryFailures: canary.failures(),
    refused,
    closed,
    afterJoin: tally.afterJoin(),
    canarySent: canary.sent(),
    canaryWorstMs: canary.worstMs(),
  }
}
