import { Refusal } from '#shared/protocol/errors'
import type { Attachment, FileLooks } from '#shared/protocol/files'
import type { FileId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { prepared, type Run } from '../prepared'
import type { FileRow, MessageRow } from '../schema'
import type { NewMessage } from '../store'
import { passedMs } from './server-time'

type Sending = Pick<NewMessage, 'roomId' | 'memberId' | 'attachments'>

const fileById = prepared((db) =>
  db
    .selectFrom('files')
    .selectAll()
    .where('file_id', '=', '' as FileId),
)
const attachFile = prepared((db) =>
  db
    .updateTable('files')
    .set({ seq: 0, posted_at: 0, kept_from: passedMs })
    .where('file_id', '=', '' as FileId),
)

/** The files as the message will tell of them. All are the author's, of this room, here, and of no message yet. */
export async function readAttachments(run: Run, { attachments = [], ...by }: Sending): Promise<string | null> {
  if (attachments.length === 0) return null
  const told: Attachment[] = []
  for (const { fileId, thumbnailId } of attachments) {
    const thumbnail = thumbnailId === undefined ? undefined : await requireFree(run, by, thumbnailId)
    if (thumbnail && !isSmallImage(thumbnail)) throw unfit()
    told.push({
      ...attachmentOf(await requireFree(run, by, fileId)),
      ...(thumbnail && { thumbnailId: thumbnail.file_id }),
    })
  }
  const ids = told.flatMap(filesOf)
  if (new Set(ids).size < ids.length) throw unfit()
  return JSON.stringify(told)
}

/** Those files are this message's from now on. */
export async function attachAll(run: Run, row: Pick<MessageRow, 'attachments' | 'seq' | 'sent_at'>): Promise<void> {
  for (const id of attachmentsIn(row).flatMap(filesOf)) await run(attachFile, [row.seq, row.sent_at, id])
}

/** Whether a message carries what a retry of it wants to send. */
export function carriesSame(row: Pick<MessageRow, 'attachments'>, { attachments = [] }: Sending): boolean {
  const ids = (all: readonly { fileId: FileId; thumbnailId?: FileId | undefined }[]) =>
    JSON.stringify(all.map(({ fileId, thumbnailId }) => [fileId, thumbnailId]))
  return ids(attachmentsIn(row)) === ids(attachments)
}

const attachmentsIn = ({ attachments }: Pick<MessageRow, 'attachments'>): Attachment[] =>
  attachments === null ? [] : (JSON.parse(attachments) as Attachment[])

const filesOf = ({ fileId, thumbnailId }: Attachment): FileId[] => (thumbnailId ? [fileId, thumbnailId] : [fileId])

type Ready = FileRow & { type: NonNullable<FileRow['type']> }

async function requireFree(run: Run, by: Omit<Sending, 'attachments'>, fileId: FileId): Promise<Ready> {
  const [file] = (await run(fileById, [fileId])).rows
  if (!file || file.member_id !== by.memberId || file.room_id !== by.roomId) throw unfit()
  if (file.completed_at === null || file.type === null || file.seq !== null) throw unfit()
  return { ...file, type: file.type }
}

/** In points as its header says, and so as whoever shows it will decode it: everybody fetches it without asking. */
function isSmallImage(file: Ready): boolean {
  const { width = Infinity, height = Infinity } = looksIn(file)
  return (
    file.type.startsWith('image/') && width * height <= limits.thumbnailPixels && file.size <= limits.thumbnailBytes
  )
}

const unfit = () => new Refusal('invalid_request', { field: 'attachments' })

const attachmentOf = (file: Ready): Attachment => ({
  fileId: file.file_id,
  name: file.name,
  type: file.type,
  size: file.size,
  ...looksIn(file),
})

export const looksIn = ({ looks }: Pick<FileRow, 'looks'>): FileLooks =>
  looks === null ? {} : (JSON.parse(looks) as FileLooks)
