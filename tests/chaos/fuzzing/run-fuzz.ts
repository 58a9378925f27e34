import { createRandom } from '../random'
import type { Place } from '../server-commands'
import { startServerProcess, type ServerCommand, type ServerProcess } from '../server-process'
import { freePort } from '../waiting'
import { startCanary } from './canary'
import type { FuzzSummary } from './fuzz-summary'
import { createLane } from './lane'
import { residentMb } from './memory'
import { createTally } from './tally'

export interface Fuzz {
  packets: number
  seed: number
  dataDir: string
  server: (place: Place) => ServerCommand
  say: (line: string) => void
}

const laneCount = 48
const sampleMs = 500
const mostMinutes = 20

/** Sends malformed packets over many connections at once while an ordinary user goes on writing. */
export async function runFuzz({ packets, seed, dataDir, server: command, say }: Fuzz): Promise<FuzzSummary> {
  const startedAt = performance.now()
  const errors: string[] = []
  const onError = (words: string) => {
    errors.push(words)
    if (errors.length <= 20) say(`server error: ${words}`)
  }
  const server = await startServerProcess(command({ port: await freePort(), dataDir }), {
    onError,
    onDeath: (code) => onError(`it ended by itself with ${code}`),
  })
  const canary = await startCanary(server.url, say)
  const tally = createTally()

  let taken = 0
  const end = startedAt + mostMinutes * 60_000
  const takeOne = () => server.isAlive() && performance.now() < end && taken++ < packets
  const lanes = Array.from({ length: laneCount }, (_, at) =>
    createLane(
      { url: server.url, roomId: canary.roomId, name: `Fuzz ${at + 1}`, takeOne },
      createRandom(seed * 1_000 + at),
      tally,
    ),
  )
  const memory = watchMemory(server)
  const progress = setInterval(() => say(`${Math.min(taken, packets)} packets`), 10_000)
  const outcomes = await Promise.allSettled(lanes.map(({ run }) => run()))
  clearInterval(progress)
  for (const outcome of outcomes) if (outcome.status === 'rejected') onError(`a lane ended: ${String(outcome.reason)}`)
  await canary.stop()
  const { beforeMb, growthMb } = memory.stop()
  const exitCode = server.isAlive() ? await server.stop() : undefined
  if (exitCode !== undefined && exitCode !== 0) onError(`it stopped with ${exitCode}`)
  tally.samples().forEach(say)

  const [refused, closed] = [tally.count('refused'), tally.count('closed')]
  const sent = tally.total()
  return {
    packets: sent,
    uncaught: errors.length,
    unhandled: errors.filter((words) => /"msg":"unhandled"|UnhandledPromise/.test(words)).length,
    unanswered: sent - refused - closed,
    canaryFailures: canary.failures(),
    refused,
    closed,
    afterJoin: tally.afterJoin(),
    allowed: lanes.reduce((sum, { allowed }) => sum + allowed(), 0),
    canarySent: canary.sent(),
    canaryWorstMs: canary.worstMs(),
    rssBeforeMb: beforeMb,
    rssGrowthMb: growthMb,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    seed,
  }
}

function watchMemory(server: ServerProcess) {
  const beforeMb = residentMb(server.pid)
  let mostMb = beforeMb
  const timer = setInterval(() => {
    if (server.isAlive()) mostMb = Math.max(mostMb, residentMb(server.pid))
  }, sampleMs)
  return {
    stop() {
      clearInterval(timer)
      return { beforeMb, growthMb: mostMb - beforeMb }
    },
  }
}
