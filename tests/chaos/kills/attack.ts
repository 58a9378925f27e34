import { join } from 'node:path'
import { createLedger } from '../clients/ledger'
import { createNotes } from '../notes'
import { createRandom } from '../random'
import type { Place } from '../server-commands'
import { startServerProcess, type ServerCommand, type ServerProcess } from '../server-process'
import { freePort } from '../../support/free-port'
import { until } from '../waiting'
import type { ChaosSummary } from './chaos-summary'
import { checkHistory, type Verdict, type ViewerLog } from './check-history'
import { gatherCrowd, type Crowd } from './crowd'
import { killOnce, type Cycle } from './kill-cycle'
import { storedMessages } from './stored-messages'

export interface Attack {
  kills: number
  seed: number
  dataDir: string
  server: (place: Place) => ServerCommand
  say: (line: string) => void
}

const crowdSize = { rooms: 2, parlorWritersPerRoom: 8, rawWritersPerRoom: 4, keepersPerRoom: 2 }
const mostMinutes = 30
const settleMs = 10_000

/** Kills a server again and again under a crowd of writers, then compares what was promised with what is there. */
export async function attack({ kills, seed, dataDir, server, say }: Attack): Promise<ChaosSummary> {
  const startedAt = performance.now()
  const complaints = createNotes('complaint', say)
  const serverErrors = createNotes('server error', say)
  const events = {
    onError: serverErrors.add,
    onDeath: (code: number | null) => serverErrors.add(`it ended with ${code}`),
  }
  const command = server({ port: await freePort(), dataDir })
  const start = () => startServerProcess(command, events)

  const ledger = createLedger()
  const first = await start()
  const crowd = await gatherCrowd(first.url, crowdSize, ledger, complaints.add)
  const { cycles, last } = await killAgainAndAgain({ kills, seed, say }, crowd, first, start, complaints.add)
  const logs = await finish(crowd, complaints.add)
  await last.stop()

  const stored = storedMessages(join(dataDir, 'parlor.db'))
  const { findings, ...verdict } = checkHistory({ acked: ledger.acked(), stored, logs })
  findings.forEach(say)
  return {
    ...figuresOf(cycles, verdict),
    viewers: logs.length,
    complaints: complaints.count(),
    serverErrors: serverErrors.count(),
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    seed,
  }
}

async function killAgainAndAgain(
  { kills, seed, say }: Pick<Attack, 'kills' | 'seed' | 'say'>,
  crowd: Crowd,
  first: ServerProcess,
  restart: () => Promise<ServerProcess>,
  complain: (complaint: string) => void,
): Promise<{ cycles: readonly Cycle[]; last: ServerProcess }> {
  const random = createRandom(seed)
  const cycles: Cycle[] = []
  const end = performance.now() + mostMinutes * 60_000
  let last = first
  while (cycles.length < kills) {
    const cycle = await killOnce(crowd, last, random, restart).catch((error: unknown) => {
      complain(`after kill ${cycles.length + 1}: ${String(error)}`)
    })
    if (!cycle) break
    cycles.push(cycle)
    last = cycle.server
    if (!cycle.areBack) complain(`not back after kill ${cycles.length}: ${crowd.stragglers().join(', ')}`)
    const isLate = performance.now() > end
    if (isLate) complain(`only ${cycles.length} kills in ${mostMinutes} minutes`)
    if (!cycle.areBack || isLate) break
    if (cycles.length % 20 === 0) say(`${cycles.length} kills`)
  }
  return { cycles, last }
}

/** Waits until everybody shows everything, and reads what they show. */
async function finish(crowd: Crowd, complain: (complaint: string) => void): Promise<readonly ViewerLog[]> {
  if (!(await until(crowd.hasSettled, settleMs))) complain(`never settled: ${crowd.stragglers().join(', ')}`)
  try {
    return await crowd.logs()
  } catch (error) {
    complain(`no logs to compare: ${String(error)}`)
    return []
  } finally {
    await crowd.close()
  }
}

function figuresOf(
  cycles: readonly Cycle[],
  { acked, lost, doubled, holes, stored, viewersIdentical }: Omit<Verdict, 'findings'>,
) {
  const recoveries = spread(cycles.map(({ recoveryMs }) => recoveryMs))
  const starts = spread(cycles.map(({ startMs }) => startMs))
  return {
    kills: cycles.length,
    acked,
    lost,
    doubled,
    holes,
    worstRecoveryMs: recoveries.worst,
    medianRecoveryMs: recoveries.median,
    worstStartMs: starts.worst,
    medianStartMs: starts.median,
    viewersIdentical,
    stored,
    leastInFlight: spread(cycles.map(({ inFlight }) => inFlight)).least,
  }
}

function spread(figures: readonly number[]) {
  const sorted = figures.toSorted((one, other) => one - other)
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 }
}
