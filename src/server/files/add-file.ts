import { rm } from 'node:fs/promises'
import { Refusal } from '#shared/protocol/errors'
import type { FileId } from '#shared/protocol/ids'
import type { MostFiles, NewFile } from '../store/file-rows'
import type { Store } from '../store/store'
import { stillToCome } from '../store/operations/file-quotas'
import type { Blobs } from './blobs'
import { isDiskFull, sizeOf } from './disk'
import type { Finish } from './finish-upload'
import type { Places } from './places'
import type { Announcer, Promises } from './promises'

export interface AddingFiles {
  store: Pick<Store, 'addFile'>
  places: Places
  blobs: Pick<Blobs, 'has' | 'removeUnless'>
  promises: Pick<Promises, 'make' | 'besides' | 'end'>
  /** Of one file. */
  mostBytes: number
  most: MostFiles
  makeFile: (path: string) => Promise<void>
  finish: (fileId: FileId) => Promise<Finish>
  now: () => number
}

export type AddFile = (
  draft: Omit<NewFile, 'most' | 'at' | 'promised' | 'memberId'>,
  by: Announcer,
) => Promise<{ isStored: boolean }>

/** Makes a file known, and a place for its bytes where they are not here yet. */
export function createAddFile(adding: AddingFiles): AddFile {
  const { store, places, blobs, promises, mostBytes, most, makeFile, finish, now } = adding

  /** What the rows say is here is trusted when the disk has all of it. */
  async function addRow(draft: NewFile): Promise<{ isStored: boolean }> {
    const { sha256, size } = draft
    const isHere = () => blobs.has(sha256, size)
    const added = await store.addFile(draft)
    if (!added.isStored || (await isHere())) return added
    await blobs.removeUnless(sha256, isHere)
    return store.addFile(draft)
  }

  return async ({ fileId, ...announced }, by) => {
    if (announced.size > mostBytes) throw new Refusal('too_large', { field: 'size' })
    const { memberId } = by
    const promised = promises.besides(fileId, memberId)
    // Before anything is awaited: many announced at once must not be promised the same room.
    promises.make(fileId, stillToCome(announced.size), by)
    const draft = { ...announced, fileId, memberId, most, promised, at: now() }
    const { isStored } = await addRow(draft).catch((error: unknown) => {
      promises.end(fileId)
      throw error
    })
    if (isStored) promises.end(fileId)
    const upload = places.upload(draft.fileId)
    if (isStored) {
      await rm(upload, { force: true })
      return { isStored }
    }
    await makeFile(upload).catch(refuseWhenFull)
    // The server may have died between the last byte and the rest.
    const isWhole = (await sizeOf(upload)) === draft.size
    return { isStored: isWhole && (await finish(draft.fileId)) === 'stored' }
  }
}

function refuseWhenFull(error: unknown): never {
  throw isDiskFull(error) ? new Refusal('storage_full') : error
}
