import { sha256 as anywhere } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { OwnFile } from '#shared/bridge'
import type { FileId, Sha256 } from '#shared/protocol/ids'
import type { FileStorage, GrowingHash } from './door'
import { createTurns } from './turns'

/** The bytes of files on their way from the person to their server. */
export interface Spool {
  /** Takes the next bytes; at 0 it starts over. Answers whether they were the next. Rejects when they were not kept. */
  keep: (fileId: FileId, offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>
  /** All of it, safe on this device; undefined when it is not all here. */
  finish: (file: Pick<OwnFile, 'fileId' | 'size'>) => Promise<Sha256 | undefined>
  read: FileStorage['read']
  forget: (fileIds: readonly FileId[]) => void
  /** Forgets what an earlier run left behind. */
  tidy: (isNeeded: (fileId: FileId) => boolean) => void
  /** When nothing is being written or removed. */
  settled: () => Promise<void>
}

export interface SpoolOptions {
  storage: FileStorage
  createSha256?: (() => GrowingHash) | undefined
  report: (error: unknown) => void
}

interface Growing {
  size: number
  readonly hash: GrowingHash
  digest?: Sha256
}

/**
 * Hashes as the bytes come: a page over plain http has no other hash, and once is enough. Not loaded later, as what
 * sends them is: files are also chosen where no server can be reached.
 */
export function createSpool({ storage, createSha256 = () => anywhere.create(), report }: SpoolOptions): Spool {
  const growing = new Map<FileId, Growing>()
  const inTurn = createTurns<FileId>()
  const busy = new Set<Promise<unknown>>()

  function track<Value>(run: Promise<Value>): Promise<Value> {
    busy.add(run)
    const end = () => void busy.delete(run)
    run.then(end, end)
    return run
  }

  async function append(fileId: FileId, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const file = offset === 0 ? { size: 0, hash: createSha256() } : growing.get(fileId)
    const isFinished = growing.get(fileId)?.digest !== undefined
    if (!file || isFinished || file.size !== offset) return false
    if (offset === 0) growing.delete(fileId)
    await storage.write(fileId, offset, bytes)
    file.hash.update(bytes)
    growing.set(fileId, { ...file, size: offset + bytes.length })
    return true
  }

  async function finish({ fileId, size }: Pick<OwnFile, 'fileId' | 'size'>): Promise<Sha256 | undefined> {
    const file = growing.get(fileId)
    if (!file || file.size !== size) return undefined
    await storage.sync(fileId)
    file.digest ??= bytesToHex(file.hash.digest()) as Sha256
    return file.digest
  }

  async function remove(fileId: FileId) {
    growing.delete(fileId)
    await storage.remove(fileId)
  }

  function forget(fileIds: readonly FileId[]) {
    for (const fileId of fileIds) track(inTurn(fileId, () => remove(fileId))).catch(report)
  }

  return {
    keep: (fileId, offset, bytes) => track(inTurn(fileId, () => append(fileId, offset, bytes))),
    finish: (file) => track(inTurn(file.fileId, () => finish(file))),
    read: storage.read,
    forget,
    tidy(isNeeded) {
      const isLeft = (fileId: FileId) => !growing.has(fileId) && !isNeeded(fileId)
      track(storage.leftBehind().then((fileIds) => forget(fileIds.filter(isLeft)))).catch(report)
    },
    async settled() {
      while (busy.size > 0) await Promise.allSettled(busy)
    },
  }
}
