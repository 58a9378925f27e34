import { readFileSync } from 'node:fs'
import type { ServerProcess } from '../server-process'

/** Resident memory of a server, in MB (Linux). */
export interface MemoryWatch {
  beforeMb: number
  nowMb: () => number
  peakMb: () => number
  stop: () => void
}

const sampleMs = 500

export function watchMemory(server: ServerProcess): MemoryWatch {
  const nowMb = () => (server.isAlive() ? residentMb(server.pid) : 0)
  const beforeMb = nowMb()
  let peakMb = beforeMb
  const timer = setInterval(() => (peakMb = Math.max(peakMb, nowMb())), sampleMs)
  return { beforeMb, nowMb, peakMb: () => peakMb, stop: () => clearInterval(timer) }
}

export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1_024)
}
