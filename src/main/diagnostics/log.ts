import log from 'electron-log/main'
import { describeError } from './describe-error'

const longestFile = 5 * 1024 * 1024

export interface Log {
  /** Bugs. Only what describeError lets through is written. */
  report: (error: unknown, context?: Record<string, unknown>) => void
  /** What happened, in ids and codes only. */
  note: (event: string, fields?: Record<string, unknown>) => void
}

/** The app's log file; errors also reach whoever started the app from a terminal. */
export function openLog(file: string): Log {
  log.transports.file.resolvePathFn = () => file
  log.transports.file.maxSize = longestFile
  log.transports.console.level = 'error'
  return {
    report: (error, context = {}) => log.error(JSON.stringify({ ...describeError(error), ...context })),
    note: (event, fields = {}) => log.info(JSON.stringify({ event, ...fields })),
  }
}
