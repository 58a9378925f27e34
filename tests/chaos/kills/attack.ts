import { join } from 'node:path'
import { createLedger } from '../clients/ledger'
import { createRandom } from '../random'
import type { Place } from '../server-commands'
import { startServerProcess, type ServerCommand, type ServerProcess } from '../server-process'
import { freePort, until } from '../waiting'
import type { ChaosSummary } from './chaos-summary'
import { checkHistory } from './check-history'
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
  const [complaints, serverErrors]: [string[], string[]] = [[], []]
  const note = (list: string[], kind: string) => (words: string) => {
    list.push(words)
    if (list.length <= 20) say(`${kind}: ${words}`)
  }
  const onError = note(serverErrors, 'server error')
  const complain = note(complaints, 'complaint')
  const command = server({ port: await freePort(), dataDir })
  const start = () =>
    startServerProcess(command, { onError, onDeath: (code) => onError(`it ended by itself with ${code}`) })

  const ledger = createLedger()
  const first = await start()
  const crowd = await gatherCrowd(first.url, crowdSize, ledger, complain)
  const { cycles, last } = await killAgainAndAgain({ kills, seed, say }, crowd, first, start, complain)

  if (!(await until(crowd.hasSettled, settleMs))) complain(`never settled: ${crowd.stragglers().join(', ')}`)
  const logs = await crowd.logs()
  await crowd.close()
  await last.stop()

  const { findings, ...verdict } = checkHistory({
    acked: ledger.acked(),
    stored: storedMessages(join(dataDir, 'parlor.db')),
    logs,
  })
  findings.forEach(say)
  const recoveries = spread(cycles.map(({ recoveryMs }) => recoveryMs))
  const starts = spread(cycles.map(({ startMs }) => startMs))
  const { acked, lost, doubled, holes } = verdict
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
    viewersIdentical: verdict.viewersIdentical,
    viewers: logs.length,
    stored: verdict.stored,
    leastInFlight: cycles.reduce((least, { inFlight }) => Math.min(least, inFlight), cycles[0]?.inFlight ?? 0),
    complaints: complaints.length,
    serverErrors: serverErrors.length,
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
  while (cycles.length < kills && performance.now() < end) {
    const cycle = await killOnce(crowd, last, random, restart)
    cycles.push(cycle)
    last = cycle.server
    if (!cycle.areBack) {
      complain(`not back after kill ${cycles.length}: ${crowd.stragglers().join(', ')}`)
      break
    }
    if (cycles.length % 20 === 0) say(`${cycles.length} kills`)
  }
  return { cycles, last }
}

function spread(durations: readonly number[]) {
  const sorted = durations.toSorted((one, other) => one - other)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 }
}
