import type { App } from 'electron'
import type { Log } from './log'

/** A bug nobody caught leaves the app in an unknown state: it is noted, and the app ends. What matters is on disk. */
export function exitOnCrash(app: App, { report }: Log): void {
  const crash = (error: unknown) => {
    report(error, { fatal: true })
    app.exit(1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}

/** Processes that Chromium runs for us may die; all but the window's restart by themselves. */
export function noteLostProcesses(app: App, { note }: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => note('process_gone', { type, reason, exitCode }))
}
