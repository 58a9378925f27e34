import { join } from 'node:path'
import { firstValue, openAsIs } from '../../src/server/store/sqlite/database'

/**
 * Reads from a store's database until the returned function is called. A log that somebody reads from cannot be emptied,
 * as a store does a second after it opens: so its folder can be copied as a kill leaves it.
 */
export async function holdLog(dataDir: string): Promise<() => void> {
  const reader = await openAsIs(join(dataDir, 'parlor.db'), { readOnly: true, waitMs: 1_000 })
  reader.exec('begin')
  firstValue(reader, 'select count(*) from rooms')
  return () => reader.close()
}
