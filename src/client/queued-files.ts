import type { OwnFile, PendingFile } from '#shared/bridge'
import type { Input } from '#shared/protocol/contract'
import type { FileId, Sha256 } from '#shared/protocol/ids'
import { isMessage, type Queued, type QueuedFile, type QueuedMessage } from './queued'

type Attachments = NonNullable<Input<'send_message'>['attachments']>

/** Whether nothing of it has to reach the server first. */
export const isWhole = (queued: Queued): boolean =>
  !isMessage(queued) || (queued.files ?? []).every(({ state }) => state === 'stored')

export const filesOf = (queue: readonly Queued[]): readonly QueuedFile[] =>
  queue.filter(isMessage).flatMap(({ files }) => files ?? [])

export const messageWith = (queue: readonly Queued[], fileId: FileId): QueuedMessage | undefined =>
  queue.filter(isMessage).find(({ files }) => files?.some((file) => file.fileId === fileId))

/** As they are named in `send_message`: thumbnails beside what they are thumbnails of. */
export const attachmentsOf = (files: readonly OwnFile[]): Attachments =>
  files
    .filter(({ thumbnailOf }) => thumbnailOf === undefined)
    .map(({ fileId }) => {
      const thumbnail = files.find(({ thumbnailOf }) => thumbnailOf === fileId)
      return { fileId, ...(thumbnail && { thumbnailId: thumbnail.fileId }) }
    })

export const newlyQueued = (file: OwnFile, sha256: Sha256): QueuedFile => ({
  ...file,
  sha256,
  sent: 0,
  state: 'waiting',
})

export const withFile = (
  queued: Queued,
  fileId: FileId,
  change: Partial<Pick<PendingFile, 'sent' | 'state'>>,
): Queued => withFiles(queued, (file) => (file.fileId === fileId ? { ...file, ...change } : file))

/** Without a file and its thumbnail. */
export function withoutFile(queued: Queued, fileId: FileId): Queued {
  if (!isMessage(queued)) return queued
  const { files = [], ...rest } = queued
  const left = files.filter((file) => file.fileId !== fileId && file.thumbnailOf !== fileId)
  return left.length > 0 ? { ...rest, files: left } : rest
}

/** What the server has of them is to be found out anew. */
export const withFilesAnew = (queued: Queued): Queued =>
  withFiles(queued, (file) =>
    file.state === 'paused' || file.state === 'waiting' ? file : { ...file, state: 'waiting' },
  )

function withFiles(queued: Queued, change: (file: QueuedFile) => QueuedFile): Queued {
  if (!isMessage(queued) || !queued.files) return queued
  const files = queued.files.map(change)
  return files.every((file, place) => file === queued.files?.[place]) ? queued : { ...queued, files }
}
