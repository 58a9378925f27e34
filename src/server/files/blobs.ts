import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sha256 } from '#shared/protocol/ids'
import type { Store } from '../store/store'
import { makePrivateDir, sizeOf, syncDir, syncFile } from './disk'
import { createTurns } from './turns'
import type { Places } from './places'

/** Bytes by their SHA-256: however many files are of them, they are on the disk once. */
export interface Blobs {
  /** Puts what was received in its place and then has it recorded; a removal never comes between. */
  place: (from: string, sha256: Sha256, record: () => Promise<boolean>) => Promise<boolean>
  /** Removes them unless some file is of them. */
  removeUnkept: (sha256: Sha256) => Promise<void>
  /** As a whole: what a disk has cut is not what it is named for. */
  has: (sha256: Sha256, size: number) => Promise<boolean>
  /** Lets go of what is not what it is named for, so that whoever has it sends it again. */
  removeUnless: (sha256: Sha256, isRight: () => Promise<boolean>) => Promise<void>
  idle: () => Promise<void>
}

export function createBlobs({ places, store }: { places: Places; store: Pick<Store, 'isKept' | 'loseBytes'> }): Blobs {
  const turns = createTurns()

  async function removeUnkept(sha256: Sha256) {
    if (!(await store.isKept(sha256))) await rm(places.blob(sha256), { force: true })
  }

  return {
    place: (from, sha256, record) =>
      turns.take(async () => {
        await moveIn(from, places.blob(sha256))
        const isRecorded = await record()
        if (!isRecorded) await removeUnkept(sha256)
        return isRecorded
      }),
    removeUnkept: (sha256) => turns.take(() => removeUnkept(sha256)),
    has: async (sha256, size) => (await sizeOf(places.blob(sha256))) === size,
    removeUnless: (sha256, isRight) =>
      turns.take(async () => {
        if (await isRight()) return
        await store.loseBytes({ blobs: [sha256] })
        await removeUnkept(sha256)
      }),
    idle: turns.idle,
  }
}

/** On disk under its own name before anybody is told of it. */
async function moveIn(from: string, to: string): Promise<void> {
  if ((await sizeOf(to)) === (await sizeOf(from))) {
    await rm(from, { force: true })
    return
  }
  await syncFile(from)
  await makePrivateDir(dirname(to))
  await rename(from, to)
  await syncDir(dirname(to))
  await syncDir(dirname(dirname(to)))
}
