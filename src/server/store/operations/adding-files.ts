import { Refusal } from '#shared/protocol/errors'
import { looksOf } from '../../files/looks'
import type { Executor, FileRow } from '../schema'
import type { NewFile } from '../file-rows'
import type { Store } from '../store'
import { looksIn } from './attaching'
import { countedFor, requireFewUnfinished, requireSpace } from './file-quotas'
import { fileById } from './opening-files'
import { requireMember } from './members'
import { requireRoom, requireStorable } from './rooms'
import { passedMs } from './server-time'

/** Everything is checked before anything is written. */
export async function addFile(db: Executor, draft: NewFile): ReturnType<Store['addFile']> {
  await requireMember(db, draft)
  await requireRoom(db, draft.roomId)
  requireStorable(draft.name, 'name')
  const earlier = await fileById(db, draft.fileId)
  if (earlier && !isSame(earlier, draft)) throw new Refusal('conflict', { field: 'fileId' })
  if (earlier && earlier.completed_at !== null) return { isStored: true }

  const known = await openableTwin(db, draft)
  if (earlier)
    await db
      .updateTable('files')
      .set({ added_at: draft.at, kept_from: passedMs })
      .where('file_id', '=', draft.fileId)
      .execute()
  else await insertFile(db, draft)
  if (!known) return { isStored: false }
  const measures = known.type.startsWith('image/') ? sizeIn(known) : undefined
  await completeFile(db, { fileId: draft.fileId, at: draft.at, type: known.type, ...(measures && { measures }) })
  return { isStored: true }
}

const isSame = (row: FileRow, { roomId, memberId, size, sha256 }: NewFile): boolean =>
  row.room_id === roomId && row.member_id === memberId && row.size === size && row.sha256 === sha256

async function insertFile(db: Executor, draft: NewFile): Promise<void> {
  await requireFewUnfinished(db, draft.memberId, draft.most)
  await requireSpace(db, { ...draft, more: countedFor(draft.size) })
  const row = {
    file_id: draft.fileId,
    room_id: draft.roomId,
    member_id: draft.memberId,
    name: draft.name,
    size: draft.size,
    counted: countedFor(0),
    sha256: draft.sha256,
    looks: JSON.stringify(draft.looks ?? {}),
    type: null,
    added_at: draft.at,
    completed_at: null,
    seq: null,
    posted_at: null,
    kept_from: passedMs,
  }
  await db.insertInto('files').values(row).execute()
}

type Twin = FileRow & { type: NonNullable<FileRow['type']> }

/** A file of the same bytes that the sender could open as well: nobody learns of any other. */
async function openableTwin(db: Executor, { memberId, sha256, size }: NewFile): Promise<Twin | undefined> {
  const row = await db
    .selectFrom('files')
    .leftJoin('members', (join) =>
      join
        .onRef('members.room_id', '=', 'files.room_id')
        .on('members.member_id', '=', memberId)
        .on('members.left_at', 'is', null),
    )
    .selectAll('files')
    .where('files.sha256', '=', sha256)
    .where('files.size', '=', size)
    .where('files.completed_at', 'is not', null)
    .where((where) =>
      where.or([
        where('files.member_id', '=', memberId),
        where.and([where('members.member_id', 'is not', null), where('files.seq', 'is not', null)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row && row.type !== null ? { ...row, type: row.type } : undefined
}

function sizeIn(row: FileRow): { width: number; height: number } | undefined {
  const { width, height } = looksIn(row)
  return width === undefined || height === undefined ? undefined : { width, height }
}

/** The bytes are here and are what was announced. False when the file was dropped in the meantime. */
export async function completeFile(
  db: Executor,
  { fileId, at, type, measures }: Parameters<Store['completeFile']>[0],
): Promise<boolean> {
  const row = await fileById(db, fileId)
  if (!row) return false
  const looks = JSON.stringify(looksOf(type, looksIn(row), measures))
  const whole = { completed_at: at, type, looks, counted: countedFor(row.size) }
  await db.updateTable('files').set(whole).where('file_id', '=', fileId).execute()
  return true
}
