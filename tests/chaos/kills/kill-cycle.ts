import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random'
import type { ServerProcess } from '../server-process'
import { until } from '../waiting'
import { leastInFlight } from './chaos-summary'
import type { Crowd } from './crowd'

export interface Cycle {
  server: ServerProcess
  inFlight: number
  areBack: boolean
  /** From the restart until the server listened. */
  startMs: number
  /** From the restart until every client had caught up. */
  recoveryMs: number
}

const attackMs = { least: 5, most: 90 }
/** Beyond this the run has failed anyway. */
const patienceMs = 15_000
const secondDeath = 0.1

/** Writers at full tilt, SIGKILL at a random moment, a restart, and the wait until everybody is back. */
export async function killOnce(
  crowd: Crowd,
  server: ServerProcess,
  random: Random,
  restart: () => Promise<ServerProcess>,
): Promise<Cycle> {
  crowd.write()
  await sleep(random.between(attackMs.least, attackMs.most))
  await until(() => crowd.inFlight() >= leastInFlight, 2_000, 1)
  const inFlight = crowd.inFlight()
  await server.kill()
  crowd.rest()

  // Now and then it dies again while its clients are coming back.
  if (random.chance(secondDeath)) {
    const shortLived = await restart()
    await sleep(random.between(0, 300))
    await shortLived.kill()
  }
  const restartedAt = performance.now()
  const next = await restart()
  const startMs = Math.round(performance.now() - restartedAt)
  const areBack = await until(crowd.hasCaughtUp, patienceMs)
  return { server: next, inFlight, areBack, startMs, recoveryMs: Math.round(performance.now() - restartedAt) }
}
