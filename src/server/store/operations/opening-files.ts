import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, Sha256 } from '#shared/protocol/ids'
import type { Executor, FileRow } from '../schema'
import type { StoredFile } from '../file-rows'
import type { Store } from '../store'
import { looksIn } from './attaching'
import { findMember, requireMember } from './members'

export const fileById = (db: Executor, fileId: FileId): Promise<FileRow | undefined> =>
  db.selectFrom('files').selectAll().where('file_id', '=', fileId).executeTakeFirst()

export async function findFile(db: Executor, fileId: FileId): Promise<StoredFile | undefined> {
  const row = await fileById(db, fileId)
  return row && storedFile(row)
}

/** A file of somebody's, whose bytes may still be on the way, for as long as they are in its room. */
export async function ownFile(
  db: Executor,
  { memberId, fileId }: Parameters<Store['ownFile']>[0],
): Promise<StoredFile | undefined> {
  const row = await fileById(db, fileId)
  if (row?.member_id !== memberId) return undefined
  const seat = await findMember(db, { roomId: row.room_id, memberId })
  return seat?.left_at === null ? storedFile(row) : undefined
}

/** One that is here, for a member of its room when a message has it, and for its owner. */
export async function openableFile(
  db: Executor,
  { roomId, memberId, fileId }: Parameters<Store['openableFile']>[0],
): Promise<StoredFile> {
  const row = await fileById(db, fileId)
  const file = row?.room_id === roomId ? row : undefined
  const isOwn = file?.member_id === memberId
  if (!isOwn) await requireMember(db, { roomId, memberId })
  if (!file || file.completed_at === null || !(isOwn || file.seq !== null))
    throw new Refusal('invalid_request', { field: 'fileId' })
  return storedFile(file)
}

const storedFile = (row: FileRow): StoredFile => ({
  fileId: row.file_id,
  roomId: row.room_id,
  memberId: row.member_id,
  name: row.name,
  size: row.size,
  sha256: row.sha256,
  type: row.type ?? 'application/octet-stream',
  isVoice: looksIn(row).waveform !== undefined,
  isStored: row.completed_at !== null,
})

export async function isKept(db: Executor, sha256: Sha256): Promise<boolean> {
  const row = await db
    .selectFrom('files')
    .select(sql.lit(1).as('one'))
    .where('sha256', '=', sha256)
    .where('completed_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What the disk must hold, and what may be on its way to it. */
export async function keptBytes(db: Executor): ReturnType<Store['keptBytes']> {
  const rows = await db.selectFrom('files').select(['file_id', 'sha256', 'size', 'completed_at']).execute()
  return {
    blobs: new Map(rows.filter((row) => row.completed_at !== null).map(({ sha256, size }) => [sha256, size])),
    uploads: rows.filter((row) => row.completed_at === null).map(({ file_id }) => file_id),
  }
}
