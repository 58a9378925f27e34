import { readdirSync } from 'node:fs'
import { residentMb } from '../../chaos/fuzzing/memory'
import type { ServerProcess } from '../../chaos/server-process'

/** What a process holds (Linux). */
export interface Resources {
  /** Files and sockets. */
  files: number
  memoryMb: number
  threads: number
}

export interface ResourceWatch {
  now: () => Resources
  /** The most of each since it began. */
  peak: () => Resources
  stop: () => void
}

const sampleMs = 100
const nothing: Resources = { files: 0, memoryMb: 0, threads: 0 }

export function watchResources(server: Pick<ServerProcess, 'pid' | 'isAlive'>): ResourceWatch {
  const now = () => (server.isAlive() ? resourcesOf(server.pid) : nothing)
  let peak = now()
  const timer = setInterval(() => {
    const { files, memoryMb, threads } = now()
    peak = {
      files: Math.max(peak.files, files),
      memoryMb: Math.max(peak.memoryMb, memoryMb),
      threads: Math.max(peak.threads, threads),
    }
  }, sampleMs)
  return { now, peak: () => peak, stop: () => clearInterval(timer) }
}

function resourcesOf(pid: number): Resources {
  try {
    return {
      files: readdirSync(`/proc/${pid}/fd`).length,
      memoryMb: residentMb(pid),
      threads: readdirSync(`/proc/${pid}/task`).length,
    }
  } catch {
    // It ended between two looks.
    return nothing
  }
}
