import { readdirSync, readlinkSync, realpathSync } from 'node:fs'

/** Files below a folder that this process, or another, has open: one for each time. Linux. */
export function openFilesUnder(dir: string, pid: number | 'self' = 'self'): string[] {
  const root = realpathSync(dir)
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    const path = pathOf(`/proc/${pid}/fd/${fd}`)
    return path?.startsWith(root) ? [path] : []
  })
}

function pathOf(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    // Closed meanwhile.
    return undefined
  }
}
