import { readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** The most that each process of the app, and the server, ever had in memory, in MiB. */
export async function peakMemory(app: ElectronApplication, serverPid: number) {
  const processes = await app.evaluate(({ app }) => app.getAppMetrics().map(({ type, pid }) => ({ type, pid })))
  const peakOf = (wanted: string) =>
    Math.max(...processes.flatMap(({ type, pid }) => (type === wanted ? peak(pid) : [])))
  return { main: peakOf('Browser'), renderer: peakOf('Tab'), server: peak(serverPid) }
}

/** Linux only: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peak(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kibibytes) / 1024)
}
