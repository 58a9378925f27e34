import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileId, Sha256 } from '#shared/protocol/ids'
import type { Store } from '../store/store'
import { makePrivateDir, namesIn, sizeOf } from './disk'
import type { Places } from './places'

/** Before anything is served: what no file is of is removed, and what is gone is no longer said to be here. */
export async function sweep(
  places: Places,
  store: Pick<Store, 'keptBytes' | 'loseBytes' | 'reservedFiles' | 'releaseFiles'>,
): Promise<void> {
  for (const dir of [places.dir, places.blobs, places.uploads]) await makePrivateDir(dir)
  const kept = await store.keptBytes()
  const uploads = new Set(kept.uploads)
  for (const name of await namesIn(places.uploads))
    if (!uploads.has(name as FileId)) await rm(join(places.uploads, name), { recursive: true, force: true })

  const blobs = new Map(kept.blobs)
  for (const dir of await namesIn(places.blobs))
    for (const name of await namesIn(join(places.blobs, dir))) {
      const path = join(places.blobs, dir, name)
      const isWhole = blobs.get(name as Sha256) === (await sizeOf(path))
      if (isWhole) blobs.delete(name as Sha256)
      else await rm(path, { recursive: true, force: true })
    }
  if (blobs.size > 0) await store.loseBytes({ blobs: [...blobs.keys()] })
  await releaseAll(places, store)
}

/** Nobody is sending anything yet. */
async function releaseAll(places: Places, store: Pick<Store, 'reservedFiles' | 'releaseFiles'>): Promise<void> {
  const halted: { fileId: FileId; received: number }[] = []
  for (const fileId of await store.reservedFiles())
    halted.push({ fileId, received: (await sizeOf(places.upload(fileId))) ?? 0 })
  if (halted.length > 0) await store.releaseFiles(halted)
}
