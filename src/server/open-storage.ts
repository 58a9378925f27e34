import type { Clocks } from './clock/server-time'
import { openFiles, type Files } from './files/open-files'
import type { ServerLimits } from './limits'
import type { ServerOptions } from './server-options'
import { openStore } from './store/sqlite/open-store'
import type { KeptTime } from './store/server-time-row'
import type { Store } from './store/store'

/** The rows and the bytes beside them: both are open when it resolves, neither when it rejects. */
export async function openStorage(
  { dataDir, storeWorker, keepFilesMs = Infinity, report, onDeath, ...options }: ServerOptions,
  limits: ServerLimits,
  { now, monotonic }: Clocks,
): Promise<{ store: Store; files: Files; kept: KeptTime }> {
  let files: Files | undefined
  const store = await (options.openStore ?? openStore)({
    dataDir,
    worker: storeWorker,
    keepFilesMs,
    now,
    // What is freed before there are files has no bytes any more: that is why it was.
    onFreed: (freed) => files?.free(freed),
    report,
    onDeath,
  })
  try {
    files = await openFiles({ dataDir, store, limits, now, monotonic, report })
    return { store, files, kept: await store.serverTime() }
  } catch (error) {
    await store.close()
    throw error
  }
}
