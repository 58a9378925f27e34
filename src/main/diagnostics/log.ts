import log from 'electron-log/main'
import { createTally } from '#shared/tally'
import { describeError } from './describe-error'

/** One file, and the one before it. */
const longestFile = 5 * 1024 * 1024
const tellEveryMs = 10_000

export interface Log {
  /** Bugs. Only what describeError lets through is written. */
  report: (error: unknown, context?: Record<string, unknown>) => void
  /** What happened, in ids and codes only. */
  note: (event: string, fields?: Record<string, unknown>) => void
}

/**
 * The app's log file; errors also reach whoever started the app from a terminal. A server somewhere can make the same
 * thing happen all the time: it is written once a minute, with how often it was.
 */
export function openLog(file: string): Log {
  log.transports.file.resolvePathFn = () => file
  log.transports.file.maxSize = longestFile
  log.transports.console.level = 'error'

  const tally = createTally<{ level: 'error' | 'info'; line: Record<string, unknown> }>({
    now: () => performance.now(),
    tell: ({ level, line }, times) => log[level](JSON.stringify(times === 1 ? line : { ...line, times })),
  })
  setInterval(tally.tellDue, tellEveryMs).unref()

  return {
    report(error, context = {}) {
      const described = describeError(error)
      const kind = [described.name, described.code, described.stack.split('\n')[0], context['fatal']].join(' ')
      tally.count(kind, { level: 'error', line: { ...described, ...context } })
    },
    note: (event, fields = {}) =>
      tally.count(`${event} ${String(fields['reason'])}`, { level: 'info', line: { event, ...fields } }),
  }
}
