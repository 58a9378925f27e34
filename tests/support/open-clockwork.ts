import { join as joinPath } from 'node:path'
import type { ServerOptions } from '#server'
import { expect } from 'vitest'
import { firstColumn, openAsIs } from '../../src/server/store/sqlite/database'
import { openParlor } from './open-parlor'

/** A server whose clocks stand still until the test moves them. */
export async function openClockwork(options: Partial<ServerOptions> = {}) {
  const at = { now: Date.parse('2026-12-01T12:00:00Z'), monotonic: 0 }
  const clocks = { now: () => at.now, monotonic: () => at.monotonic, uptime: () => at.monotonic }
  const parlor = await openParlor({ ...clocks, graceMs: 20, ...options })
  const column = async (query: string) => {
    const database = await openAsIs(joinPath(parlor.dataDir, 'parlor.db'), { readOnly: true, waitMs: 2_000 })
    try {
      return firstColumn(database, query)
    } finally {
      database.close()
    }
  }
  const rooms = () => column('select room_id from rooms where closed = 0')
  const emptied = () => column('select room_id from rooms where emptied_at is not null')

  function pass(ms: number) {
    at.now += ms
    at.monotonic += ms
  }
  /** Two looks at the clocks, so that all of what follows the first has been done. */
  async function swept() {
    for (let looks = 0; looks < 2; looks++) {
      pass(1)
      const ranMs = () => column('select ran_ms from server_time')
      const [before] = await ranMs()
      await expect.poll(async () => (await ranMs())[0], { timeout: 15_000 }).not.toBe(before)
    }
  }
  return { parlor, at, pass, swept, column, rooms, emptied }
}
