import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'

/**
 * A store empties its log a second after it opens. Until then its folder cannot be copied as a kill leaves it: the log
 * may go between one file and the next.
 */
export const logEmptied = (dataDir: string): Promise<void> =>
  expect.poll(async () => (await stat(join(dataDir, 'parlor.db-wal'))).size).toBe(0)
