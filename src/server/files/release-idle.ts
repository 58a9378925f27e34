import { stat } from 'node:fs/promises'
import type { FileId } from '#shared/protocol/ids'
import type { Store } from '../store/store'
import { isMissing } from './disk'
import type { Places } from './places'

/** How long room is kept for all of a file of which nothing comes. */
const idleMs = 600_000

export interface ReleasingIdle {
  store: Pick<Store, 'reservedFiles' | 'releaseFiles'>
  places: Places
  now: () => number
}

/** Gives the room kept for uploads that stand still to others. What has come of them stays, to be gone on with. */
export async function releaseIdle({ store, places, now }: ReleasingIdle): Promise<void> {
  const idle: { fileId: FileId; received: number }[] = []
  for (const fileId of await store.reservedFiles()) {
    const { received, changedAt } = await progressOf(places.upload(fileId))
    if (changedAt < now() - idleMs) idle.push({ fileId, received })
  }
  if (idle.length > 0) await store.releaseFiles(idle)
}

async function progressOf(path: string): Promise<{ received: number; changedAt: number }> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { received: size, changedAt: mtimeMs }
  } catch (error) {
    if (isMissing(error)) return { received: 0, changedAt: 0 }
    throw error
  }
}
