import { ownServer } from '#shared/address'
import type { Hosting } from '#shared/bridge'
import { dialUrl, portsToTry, type Bound } from './bound'
import type { FromServer, HostedOptions } from './messages'
import { createRestartDelay } from './restart-delay'
import { startServerProcess, type Child, type ServerProcess } from './server-process'

export interface HostingOptions {
  fork: () => Child
  /** The address an operator asked for; without it every interface. */
  bindAddress?: string | undefined
  wantedPort: number
  /** The port of last time, so that links people keep go on working. */
  rememberedPort: () => number | undefined
  paths: Pick<HostedOptions, 'dataDir' | 'webDir' | 'names'>
  addresses: (bound: Bound) => Promise<readonly string[]>
  changed: (hosting: Hosting) => void
  now: () => number
  report: (error: unknown) => void
  /** What happened to the server, in codes only. */
  note: (event: string, fields: Record<string, unknown>) => void
}

export interface HostingControl {
  state: () => Hosting
  /** Where this computer's own server answers, while it does. */
  dialUrl: () => string | undefined
  /** Resolves once the server runs or is known not to. `copy` is one of those it said it could begin with. */
  start: (copy?: string) => Promise<Hosting>
  stop: () => Promise<void>
  /** The computer's addresses may have changed. */
  refreshAddresses: () => Promise<void>
}

/** Runs this computer's room server in a process of its own and keeps it running. */
export function createHosting(options: HostingOptions): HostingControl {
  const delay = createRestartDelay(options.now)
  let state: Hosting = { state: 'stopped' }
  let running: ServerProcess | undefined
  let bound: Bound | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopping: Promise<void> | undefined
  let waiting: (() => void)[] = []
  /** Counts what was asked for: the newest wish wins over one that had to wait. */
  let wish = 0

  function enter(next: Hosting): void {
    state = next
    if (next.state !== 'running') bound = undefined
    options.changed(next)
    if (next.state === 'starting' || next.state === 'restarting') return
    const settled = waiting
    waiting = []
    for (const settle of settled) settle()
  }

  function launch(copy?: string): void {
    clearTimeout(retry)
    const hosts = options.bindAddress === undefined ? ['::', '0.0.0.0'] : [options.bindAddress]
    const ports = portsToTry(options.rememberedPort(), options.wantedPort)
    const mine: ServerProcess = startServerProcess({
      fork: options.fork,
      options: { hosts, ports, ...options.paths, ...(copy !== undefined && { copy }) },
      heard: (message) => {
        if (running === mine) hear(message, mine).catch(options.report)
      },
      exited: () => {
        if (running === mine) restart()
      },
      report: options.report,
    })
    running = mine
  }

  async function hear(message: FromServer, from: ServerProcess): Promise<void> {
    if (message.kind === 'reported') {
      options.report(asError(message))
      return
    }
    if (message.kind === 'noted') {
      const { event, reason, times } = message
      options.note(event, { of: 'server', reason, ...(times > 1 && { times }) })
      return
    }
    if (message.kind === 'failed') {
      running = undefined
      stopping = from.stop()
      enter({ state: 'failed', reason: message.code, ...(message.copies && { copies: message.copies }) })
      return stopping
    }
    const addresses = await options.addresses(message)
    if (running !== from) return
    bound = message
    const { port } = message
    enter({ state: 'running', server: ownServer, port, wantedPort: options.wantedPort, addresses })
  }

  function restart(): void {
    running = undefined
    const { delayMs, isBackingOff } = delay.crashed()
    enter(isBackingOff ? { state: 'failed', reason: 'crashing' } : { state: 'restarting' })
    retry = setTimeout(() => launch(), delayMs)
  }

  async function start(copy?: string): Promise<Hosting> {
    const known = state.state === 'failed' ? state.copies?.find(({ name }) => name === copy) : undefined
    if (state.state === 'running') return state
    const settled = new Promise<void>((resolve) => waiting.push(resolve))
    if (state.state === 'stopped' || state.state === 'failed') {
      const mine = ++wish
      clearTimeout(retry)
      enter({ state: 'starting' })
      // Two servers must never have one database open.
      await stopping
      if (mine === wish) launch(known?.name)
    }
    await settled
    return state
  }

  function stop(): Promise<void> {
    wish++
    clearTimeout(retry)
    const last = running
    running = undefined
    if (last) stopping = last.stop()
    if (state.state !== 'stopped') enter({ state: 'stopped' })
    return stopping ?? Promise.resolve()
  }

  async function refreshAddresses(): Promise<void> {
    const before = state
    if (before.state !== 'running' || !bound) return
    const addresses = await options.addresses(bound)
    if (state === before && String(addresses) !== String(before.addresses)) enter({ ...before, addresses })
  }

  return { state: () => state, dialUrl: () => bound && dialUrl(bound), start, stop, refreshAddresses }
}

/** An error of the other process as one of ours: the log takes no other. */
const asError = ({ name, code, stack }: Extract<FromServer, { kind: 'reported' }>): Error =>
  Object.assign(new Error('the room server reported'), { name, code, stack })
