import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServerProcess, type ServerProcess } from '../../chaos/server-process'
import { freePort } from '../../support/free-port'
import { until } from '../../chaos/waiting'
import type { Attack } from '../attack-shape'
import type { HonestCalls } from '../honest/honest-calls'
import { bounds, isCalm, type Figures } from '../verdict'
import { watchResources } from '../watch/resources'
import { openStage } from './open-stage'
import type { StartOf } from './servers'
import type { Stage } from './stage'

export interface Performing {
  honest: HonestCalls
  server: StartOf
  isShort: boolean
  lastsMs: number
}

const newcomersEveryMs = 1_000

/** One attack on a server of its own, beside honest people. */
export async function perform(attack: Attack, { honest, server: command, ...form }: Performing): Promise<Figures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-attack-'))
  const [errors, own]: [string[], string[]] = [[], []]
  let printedBytes = 0
  const server = await startServerProcess(command(attack, { port: await freePort(), dataDir }, form.isShort), {
    onError: (words) => errors.push(words.slice(0, 400)),
    onDeath: (code) => errors.push(`it died with ${code ?? 'a signal'}`),
    onLine: (line) => (printedBytes += line.length + 1),
  })
  try {
    const roomId = await honest.enter(server.url)
    const stage = openStage({
      ...form,
      url: server.url,
      roomId,
      printedBytes: () => printedBytes,
      async isReady() {
        await honest.look()
      },
      onBroken: (words) => own.push(words),
    })
    const seen = await watchAttack(attack, { honest, server, stage })
    const stop = await stopServer(attack, server, stage)
    return { ...seen, errors, own, stop }
  } finally {
    if (server.isAlive()) await server.kill()
    await honest.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Scene {
  honest: HonestCalls
  server: ServerProcess
  stage: Stage
}

async function watchAttack(attack: Attack, { honest, server, stage }: Scene) {
  await honest.newcomer(server.url)
  await honest.look()
  await sleep(stage.isShort ? 700 : 3_000)
  const before = await honest.look()
  const resources = watchResources(server)
  const calm = resources.now()

  const newcomers = sendNewcomers(honest, server.url)
  await attack.run(stage).catch((error: unknown) => stage.mustHold(false, `the attack ended early: ${String(error)}`))
  await newcomers.stop()
  const during = await honest.look()
  stage.letGo()
  const later = sendNewcomers(honest, server.url)
  await later.stop()
  await until(() => isCalm(calm, resources.now()), bounds.recoveryMs, 100)
  resources.stop()

  const visits = [...newcomers.visits, ...later.visits]
  const times = visits.filter((visit) => typeof visit === 'number')
  return {
    before,
    during,
    newcomerMs: times.length > 0 ? Math.max(...times) : undefined,
    newcomersRefused: visits.filter((visit) => typeof visit === 'string'),
    resources: { before: calm, peak: resources.peak(), after: resources.now() },
  }
}

/** One newcomer after another, at least one. */
function sendNewcomers(honest: HonestCalls, url: string) {
  const visits: (number | string)[] = []
  const rest = new AbortController()
  const coming = (async () => {
    do {
      visits.push(await honest.newcomer(url))
      await sleep(newcomersEveryMs, undefined, { signal: rest.signal }).catch(() => undefined)
    } while (!rest.signal.aborted)
  })()
  return {
    visits,
    async stop() {
      rest.abort()
      await coming
    },
  }
}

async function stopServer({ whileStopping }: Attack, server: ServerProcess, stage: Stage): Promise<Figures['stop']> {
  if (!server.isAlive()) return { exitCode: null, ms: 0 }
  await whileStopping?.(stage)
  const begunAt = performance.now()
  try {
    const exitCode = await server.stop()
    return { exitCode, ms: Math.round(performance.now() - begunAt) }
  } catch {
    return { exitCode: null, ms: Math.round(performance.now() - begunAt) }
  } finally {
    stage.letGo()
  }
}
