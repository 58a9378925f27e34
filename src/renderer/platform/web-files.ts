import type { FileStorage } from '#client'
import type { FileId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'

const pieces = 'pieces'
const files = 'files'
/** Another tab may be about to send what is younger. */
const leftBehindAfterMs = 24 * 60 * 60 * 1000

interface Piece {
  fileId: FileId
  offset: number
  bytes: Uint8Array<ArrayBuffer>
}

/** Keeps files in the browser's own database, in the pieces they came in, at most 1 MiB each. */
export function createWebFiles(factory: IDBFactory, now: () => number = Date.now): FileStorage {
  let opened: Promise<IDBDatabase> | undefined

  async function run(mode: IDBTransactionMode, work: (of: (store: string) => IDBObjectStore) => void): Promise<void> {
    const forget = () => (opened = undefined)
    opened ??= openDatabase(factory, forget)
    const database = await opened.catch((error: unknown) => {
      forget()
      throw error
    })
    const transaction = database.transaction([pieces, files], mode, { durability: 'strict' })
    const done = finished(transaction)
    work((store) => transaction.objectStore(store))
    await done
  }

  async function list<Item>(store: string, range?: IDBKeyRange): Promise<readonly Item[]> {
    let request: IDBRequest<unknown[]> | undefined
    await run('readonly', (of) => (request = of(store).getAll(range)))
    return (request?.result ?? []) as Item[]
  }

  return {
    write: (fileId, offset, bytes) =>
      run('readwrite', (of) => {
        if (offset === 0) of(pieces).delete(allOf(fileId))
        of(pieces).put({ fileId, offset, bytes } satisfies Piece)
        of(files).put({ fileId, changedAt: now() })
      }),
    // A transaction is on disk when it is complete.
    sync: () => Promise.resolve(),
    async read(fileId, start, end) {
      const from = Math.max(0, start - limits.filePieceBytes + 1)
      const found = await list<Piece>(pieces, IDBKeyRange.bound([fileId, from], [fileId, end], false, true))
      return joined(found, start, end)
    },
    remove: (fileId) =>
      run('readwrite', (of) => {
        of(pieces).delete(allOf(fileId))
        of(files).delete(fileId)
      }),
    async leftBehind() {
      const known = await list<{ fileId: FileId; changedAt: number }>(files)
      return known.filter(({ changedAt }) => now() - changedAt > leftBehindAfterMs).map(({ fileId }) => fileId)
    },
  }
}

const allOf = (fileId: FileId) => IDBKeyRange.bound([fileId, 0], [fileId, Infinity])

function openDatabase(factory: IDBFactory, onClose: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open('parlor', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(pieces, { keyPath: ['fileId', 'offset'] })
      request.result.createObjectStore(files, { keyPath: 'fileId' })
    }
    request.onsuccess = () => {
      // Browsers close it when they clear a site's data.
      request.result.onclose = onClose
      resolve(request.result)
    }
    request.onerror = () => reject(failureOf(request.error))
    request.onblocked = () => reject(failureOf(null))
  })
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(failureOf(transaction.error))
    transaction.onabort = () => reject(failureOf(transaction.error))
  })
}

const failureOf = (error: DOMException | null) => error ?? new Error('the browser keeps no files')

/** The bytes from `start` to before `end`, up to the first that is missing. */
function joined(found: readonly Piece[], start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start))
  let filled = 0
  for (const piece of found) {
    const skipped = start + filled - piece.offset
    if (skipped < 0) break
    const part = piece.bytes.subarray(skipped, skipped + bytes.length - filled)
    bytes.set(part, filled)
    filled += part.length
  }
  return bytes.subarray(0, filled)
}
