import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId } from '#shared/protocol/ids'
import type { MostFiles } from '../file-rows'
import type { Executor, FileRow } from '../schema'
import type { Store } from '../store'

// A block of the disk: what is smaller takes as much of it, and a row besides.
const leastCounted = 4_096

export const countedFor = (bytes: number): number => Math.max(bytes, leastCounted)

/** Whether there is room kept for all of it. */
export const isReserved = ({ counted, size }: Pick<FileRow, 'counted' | 'size'>): boolean => counted >= size

/** Refuses `storage_full`. Uploads that are still to come count as if they were here, while something comes. */
export async function requireSpace(db: Executor, memberId: MemberId, more: number, most: MostFiles): Promise<void> {
  const totals = await db.selectFrom('file_totals').selectAll().where('owner', 'in', [memberId, '']).execute()
  const kept = (owner: MemberId | '') => totals.find((total) => total.owner === owner)?.bytes ?? 0
  if (kept(memberId) + more > most.ofMember || kept('') + more > most.inAll) throw new Refusal('storage_full')
}

/** Refuses `storage_full` to who announces files and sends none. */
export async function requireFewUnfinished(db: Executor, memberId: MemberId, { unfinished }: MostFiles): Promise<void> {
  const row = await db
    .selectFrom('files')
    .select(({ fn }) => fn.countAll<number>().as('files'))
    .where('member_id', '=', memberId)
    .where('completed_at', 'is', null)
    // What a message has and the disk lost was whole once.
    .where('seq', 'is', null)
    .executeTakeFirst()
  if ((row?.files ?? 0) >= unfinished) throw new Refusal('storage_full')
}

export async function reserveFile(db: Executor, { fileId, most }: Parameters<Store['reserveFile']>[0]): Promise<void> {
  const row = await db.selectFrom('files').selectAll().where('file_id', '=', fileId).executeTakeFirst()
  if (!row || isReserved(row)) return
  const counted = countedFor(row.size)
  await requireSpace(db, row.member_id, counted - row.counted, most)
  await setCounted(db, fileId, counted)
}

export async function releaseFiles(db: Executor, idle: Parameters<Store['releaseFiles']>[0]): Promise<void> {
  for (const { fileId, received } of idle) await setCounted(db, fileId, countedFor(received))
}

const setCounted = (db: Executor, fileId: FileId, counted: number) =>
  db.updateTable('files').set({ counted }).where('file_id', '=', fileId).where('completed_at', 'is', null).execute()

export async function reservedFiles(db: Executor): ReturnType<Store['reservedFiles']> {
  const rows = await db
    .selectFrom('files')
    .select('file_id')
    .where('completed_at', 'is', null)
    .where('size', '>', leastCounted)
    .where(sql<boolean>`counted >= size`)
    .execute()
  return rows.map(({ file_id }) => file_id)
}
