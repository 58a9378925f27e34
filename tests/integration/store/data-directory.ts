import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { openAsIs } from '../../../src/server/store/sqlite/database'
import { openStore, type StoreOptions } from '../../../src/server/store/sqlite/open-store'
import { startThread } from '../../../src/server/store/sqlite/worker-thread'
import { storeWorker } from '../../support/store-worker'

interface Reported {
  message: string
  context: unknown
}

/** A data directory of its own, and what its stores report; anything not looked at fails the test. */
export async function dataDirectory() {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-store-'))
  const reported: Reported[] = []
  onTestFinished(async () => {
    await rm(dataDir, { recursive: true })
    expect(reported).toEqual([])
  })
  const report = (error: unknown, context?: unknown) => reported.push({ message: (error as Error).message, context })
  return {
    path: (...parts: string[]) => join(dataDir, ...parts),
    open: (worker?: Parameters<typeof storeWorker>[0], more: Pick<StoreOptions, 'searchMs'> = {}) =>
      openStore({ dataDir, worker: storeWorker(worker), report, ...more }),
    takeReports: () => reported.splice(0),
    backUp: (now: number) =>
      startThread({
        script: storeWorker(),
        setup: { role: 'backup', dataDir, now, keepFilesMs: Infinity, searchMs: 100 },
        onDamage: (damage) => report(damage),
        onFreed: () => undefined,
        onReport: report,
        onDeath: report,
      }),
    sql: async (...statements: string[]) => {
      const database = await openAsIs(join(dataDir, 'parlor.db'), { readOnly: false, waitMs: 1_000 })
      for (const statement of statements) database.exec(statement)
      database.close()
    },
  }
}
