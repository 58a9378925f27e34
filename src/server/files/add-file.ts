import { rm } from 'node:fs/promises'
import { Refusal } from '#shared/protocol/errors'
import type { FileId } from '#shared/protocol/ids'
import type { MostFiles, NewFile } from '../store/file-rows'
import type { Store } from '../store/store'
import { isDiskFull, sizeOf } from './disk'
import type { Finish } from './finish-upload'
import type { Places } from './places'

export interface AddingFiles {
  store: Pick<Store, 'addFile'>
  places: Places
  /** Of one file. */
  mostBytes: number
  most: MostFiles
  makeFile: (path: string) => Promise<void>
  finish: (fileId: FileId) => Promise<Finish>
  now: () => number
}

export type AddFile = (draft: Omit<NewFile, 'most' | 'at'>) => Promise<{ isStored: boolean }>

/** Makes a file known, and a place for its bytes where they are not here yet. */
export function createAddFile({ store, places, mostBytes, most, makeFile, finish, now }: AddingFiles): AddFile {
  return async (draft) => {
    if (draft.size > mostBytes) throw new Refusal('too_large', { field: 'size' })
    const { isStored } = await store.addFile({ ...draft, most, at: now() })
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
