import { createTally } from '#shared/tally'
import type { Log, Report } from '../server-options'
import { monotonic, type Clock } from './token-bucket'

/** Much of what happens to a server anybody can make happen, as often as they like: it is counted, not written down. */
export interface QuietLog {
  log: Log
  report: Report
  /** Writes down what was counted. */
  stop: () => void
}

const everyMs = 10_000

export function createQuietLog({ log, report }: { log: Log; report: Report }, clock: Clock = monotonic): QuietLog {
  const happened = createTally<{ event: string; fields: Record<string, unknown> }>({
    now: clock,
    tell: ({ event, fields }, times) => log(event, { ...fields, times }),
  })
  const faults = createTally<{ error: unknown; context: Record<string, unknown> | undefined }>({
    now: clock,
    tell: ({ error, context }, times) => (times === 1 ? report(error, context) : report(error, { ...context, times })),
  })
  const timer = setInterval(() => {
    happened.tellDue()
    faults.tellDue()
  }, everyMs).unref()

  return {
    log: (event, fields = {}) => happened.count(`${event} ${String(fields['reason'])}`, { event, fields }),
    report: (error, context) => faults.count(placeOf(error), { error, context }),
    stop() {
      clearInterval(timer)
      happened.tellAll()
      faults.tellAll()
    },
  }
}

/** Where in the code an error was thrown: its sentence may hold anything. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? ''
  return `${error.name} ${String((error as NodeJS.ErrnoException).code)} ${frame.trim()}`
}
