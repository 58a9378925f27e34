import type { OwnFile } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import type { QueuedFile } from './queued'
import { filesOf, newlyQueued } from './queued-files'
import type { OpenRoom } from './room'
import type { Saved } from './saved'
import { roomKey } from './saved-entities'
import { createSpool, type Spool, type SpoolOptions } from './spool'

/** The files a person sends, from the first byte they hand over until the server has them in a message. */
export interface OwnFiles extends Pick<Spool, 'keep' | 'read' | 'settled'> {
  /** Makes files that are all here ready to be queued; undefined when they are not, or do not go together. */
  finish: (room: OpenRoom, files: readonly OwnFile[]) => Promise<readonly QueuedFile[] | undefined>
  forget: (fileIds: readonly FileId[]) => void
}

export function createOwnFiles(saved: Saved, options: SpoolOptions): OwnFiles {
  const spool = createSpool(options)

  function forget(fileIds: readonly FileId[]) {
    spool.forget(fileIds)
    saved.forgetFilePlaces(fileIds)
  }

  /** The outbox is the truth: what is not in it is on its way to nowhere. */
  function tidy() {
    const isQueued = new Set(
      saved
        .filePlaces()
        .map(({ server, roomId }) => roomKey(server, roomId))
        .flatMap((key) => filesOf(saved.pending(key)))
        .map(({ fileId }) => fileId),
    )
    spool.tidy((fileId) => isQueued.has(fileId))
  }
  tidy()

  return {
    keep: spool.keep,
    read: spool.read,
    settled: spool.settled,
    forget,
    async finish({ server, roomId }, files) {
      if (!areTogether(files)) return undefined
      const finished: QueuedFile[] = []
      for (const file of files) {
        const sha256 = await spool.finish(file)
        if (sha256 === undefined) return undefined
        finished.push(newlyQueued(file, sha256))
      }
      saved.keepFilePlaces(files.map(({ fileId }) => ({ server, roomId, fileId })))
      return finished
    },
  }
}

/** Each once, and each thumbnail with what it is the one thumbnail of. */
function areTogether(files: readonly OwnFile[]): boolean {
  const mains = new Set(files.filter(({ thumbnailOf }) => thumbnailOf === undefined).map(({ fileId }) => fileId))
  const pictured = files.flatMap(({ thumbnailOf }) => thumbnailOf ?? [])
  const isEachOnce = new Set(files.map(({ fileId }) => fileId)).size === files.length
  return isEachOnce && new Set(pictured).size === pictured.length && pictured.every((fileId) => mains.has(fileId))
}
