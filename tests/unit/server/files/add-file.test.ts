import { expect, test } from 'vitest'
import type { FileId, MemberId, RoomId, Sha256 } from '#shared/protocol/ids'
import { createAddFile } from '../../../../src/server/files/add-file'
import { createPlaces } from '../../../../src/server/files/places'
import { createPromises } from '../../../../src/server/files/promises'

const adding = (makeFile: () => Promise<void>) =>
  createAddFile({
    store: { addFile: () => Promise.resolve({ isStored: false }) },
    places: createPlaces('/nowhere'),
    blobs: { has: () => Promise.resolve(true), removeUnless: () => Promise.resolve() },
    promises: createPromises({ ofMember: Infinity, ofAddress: Infinity }, () => 0),
    mostBytes: 100,
    most: { ofMember: Infinity, inAll: Infinity, unfinished: Infinity },
    makeFile,
    finish: () => Promise.resolve('gone'),
    now: () => 0,
  })(
    { roomId: 'ABC234' as RoomId, fileId: '' as FileId, name: 'notes.txt', size: 10, sha256: '' as Sha256 },
    { memberId: '' as MemberId, address: '', connection: { id: '' } },
  )

test('a disk without room for an upload’s file is storage_full, and any other fault of it is a fault', async () => {
  for (const code of ['ENOSPC', 'EDQUOT']) {
    const full = Object.assign(new Error('no space left on device'), { code })
    await expect(adding(() => Promise.reject(full))).rejects.toMatchObject({ code: 'storage_full' })
  }
  const broken = Object.assign(new Error('i/o error'), { code: 'EIO' })
  await expect(adding(() => Promise.reject(broken))).rejects.toBe(broken)
})
