import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId, RoomId } from '#shared/protocol/ids'
import type { Executor, MessageRow, Schema } from '../schema'
import type { Store } from '../store'
import type { Writing } from '../writing'

type Which = (where: ExpressionBuilder<Schema, 'files'>) => Expression<SqlBool>

export const ofRoom =
  (roomId: RoomId): Which =>
  (where) =>
    where('room_id', '=', roomId)

export const ofMessage =
  ({ room_id, seq }: Pick<MessageRow, 'room_id' | 'seq'>): Which =>
  (where) =>
    where.and([where('room_id', '=', room_id), where('seq', '=', seq)])

/** Forgets files; what becomes of their bytes is up to whoever is told. */
export async function freeFiles(db: Executor, which: Which, { onFreed }: Writing): Promise<number> {
  const rows = await db.deleteFrom('files').where(which).returning(['file_id', 'sha256']).execute()
  if (rows.length > 0) onFreed(rows.map(({ file_id, sha256 }) => ({ fileId: file_id, sha256 })))
  return rows.length
}

export async function dropFile(db: Executor, by: Parameters<Store['dropFile']>[0], writing: Writing): Promise<void> {
  const { roomId, memberId, fileId } = by
  const file = await ownRow(db, { roomId, memberId, fileId })
  if (file && file.seq !== null) throw new Refusal('conflict', { field: 'fileId' })
  if (file) await freeFiles(db, (where) => where('file_id', '=', fileId), writing)
}

const ownRow = (db: Executor, { roomId, memberId, fileId }: { roomId: RoomId; memberId: MemberId; fileId: FileId }) =>
  db
    .selectFrom('files')
    .select('seq')
    .where('file_id', '=', fileId)
    .where('room_id', '=', roomId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** Files that no message took, and those whose time is up. */
export async function deleteOldFiles(
  db: Executor,
  { passedMs, keepUnsentMs, keepSentMs }: Parameters<Store['deleteOldFiles']>[0],
  writing: Writing,
): Promise<void> {
  await freeFiles(
    db,
    (where) =>
      where.or([
        where.and([where('seq', 'is', null), where('kept_from', '<', passedMs - keepUnsentMs)]),
        // Infinity is no number to a database.
        where.and([where('seq', 'is not', null), where('kept_from', '<', Math.max(0, passedMs - keepSentMs))]),
      ]),
    writing,
  )
}

/** Bytes that are gone from the disk: what has a message waits for somebody to bring them again. */
export async function loseBytes(
  db: Executor,
  { blobs }: Parameters<Store['loseBytes']>[0],
  writing: Writing,
): Promise<void> {
  for (const sha256 of blobs) {
    const lost = { completed_at: null }
    await freeFiles(
      db,
      (where) =>
        where.and([where('sha256', '=', sha256), where('seq', 'is', null), where('completed_at', 'is not', null)]),
      writing,
    )
    await db.updateTable('files').set(lost).where('sha256', '=', sha256).where('seq', 'is not', null).execute()
  }
}
