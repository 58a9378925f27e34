import type { Sha256 } from '#shared/protocol/ids'
import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Blobs } from './blobs'
import { hashOf, isMissing } from './disk'
import type { Places } from './places'

/** As much is read at a time: the disk and this thread are for those who talk. */
const bytesAtOnce = 50_000_000

/** Reads what is kept, some of it each time, all of it again and again: a disk may cut or change what it was given. */
export function createVerifying({
  store,
  places,
  blobs,
  report,
}: {
  store: Pick<Store, 'keptBytes' | 'isKept'>
  places: Places
  blobs: Pick<Blobs, 'removeUnless'>
  report: Report
}): () => Promise<void> {
  let waiting: [Sha256, number][] = []

  /** Removed meanwhile, it is as it should be. */
  async function isRight(sha256: Sha256): Promise<boolean> {
    try {
      return (await hashOf(places.blob(sha256))) === sha256
    } catch (error) {
      if (isMissing(error)) return !(await store.isKept(sha256))
      throw error
    }
  }

  return async () => {
    if (waiting.length === 0) waiting = [...(await store.keptBytes()).blobs]
    let bytes = 0
    while (bytes < bytesAtOnce) {
      const [sha256, size] = waiting.pop() ?? []
      if (sha256 === undefined || size === undefined) return
      bytes += size
      if (await isRight(sha256)) continue
      report(new Error('a file on the disk is not what it was'))
      await blobs.removeUnless(sha256, () => isRight(sha256))
    }
  }
}
