import { rm } from 'node:fs/promises'
import { Refusal } from '#shared/protocol/errors'
import type { FileId } from '#shared/protocol/ids'
import type { StoredFile } from '../store/file-rows'
import type { Store } from '../store/store'
import type { Blobs } from './blobs'
import { hashOf } from './disk'
import type { Places } from './places'
import { sniff } from './sniff'

export interface FinishingUploads {
  store: Pick<Store, 'findFile' | 'completeFile' | 'dropFile'>
  places: Places
  blobs: Blobs
  now: () => number
}

/** `wrong`: other bytes than were announced; they are deleted. `gone`: the file was dropped meanwhile. */
export type Finish = 'stored' | 'wrong' | 'gone'

/** Turns an upload that has arrived whole into a stored file; however often it is asked for, it happens once. */
export function createFinish({ store, places, blobs, now }: FinishingUploads): (fileId: FileId) => Promise<Finish> {
  const underWay = new Map<FileId, Promise<Finish>>()

  async function complete(file: StoredFile): Promise<Finish> {
    const { fileId, sha256 } = file
    const upload = places.upload(fileId)
    if ((await hashOf(upload)) !== sha256) {
      await rm(upload, { force: true })
      await store.dropFile(file).catch(unlessSent)
      return 'wrong'
    }
    const sniffed = await sniff(upload, file)
    const isStored = await blobs.place(upload, sha256, () => store.completeFile({ fileId, at: now(), ...sniffed }))
    return isStored ? 'stored' : 'gone'
  }

  async function finish(fileId: FileId): Promise<Finish> {
    const file = await store.findFile(fileId)
    if (!file) return 'gone'
    return file.isStored ? 'stored' : complete(file)
  }

  return (fileId) => {
    const known = underWay.get(fileId)
    if (known) return known
    const running = finish(fileId).finally(() => underWay.delete(fileId))
    underWay.set(fileId, running)
    return running
  }
}

/** A file that a message has stays: its own bytes may still come. */
function unlessSent(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
