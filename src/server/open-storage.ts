import type { AddressKey } from './budgets/address-key'
import type { Clocks } from './clock/server-time'
import { openFiles, type Files } from './files/open-files'
import type { ServerLimits } from './limits'
import type { ServerOptions } from './server-options'
import { openStore } from './store/sqlite/open-store'
import type { KeptTime } from './store/server-time-row'
import { startErrorOf } from './store/sqlite/start-error-of'
import type { Store } from './store/store'

/** The rows and the bytes beside them: both are open when it resolves, neither when it rejects. */
export async function openStorage(
  { dataDir, storeWorker, keepFilesMs = Infinity, report, onDeath, ...options }: ServerOptions,
  { limits, addressKey, clocks }: { limits: ServerLimits; addressKey: AddressKey; clocks: Clocks },
): Promise<{ store: Store; files: Files; kept: KeptTime }> {
  const { now, monotonic } = clocks
  let files: Files | undefined
  const store = await (options.openStore ?? openStore)({
    dataDir,
    worker: storeWorker,
    keepFilesMs,
    searchMs: limits.searchMs,
    now,
    // What is freed before there are files has no bytes any more: that is why it was.
    onFreed: (freed) => files?.free(freed),
    report,
    onDeath,
  })
  try {
    files = await openFiles({ dataDir, store, limits, addressKey, now, monotonic, report })
    return { store, files, kept: await store.serverTime() }
  } catch (error) {
    await store.close()
    throw startErrorOf(error, dataDir) ?? error
  }
}
