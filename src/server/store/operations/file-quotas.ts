import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId } from '#shared/protocol/ids'
import type { MostFiles, Promised } from '../file-rows'
import type { Executor, FileRow } from '../schema'
import type { Store } from '../store'

// A block of the disk: what is smaller takes as much of it, and a row besides.
const leastCounted = 4_096

export const countedFor = (bytes: number): number => Math.max(bytes, leastCounted)

/** What a file will count when it is here, and does not while nothing of it is. */
export const stillToCome = (size: number): number => countedFor(size) - leastCounted

/** Whether there is room kept for all of it. */
const isReserved = ({ counted, size }: Pick<FileRow, 'counted' | 'size'>): boolean => counted >= size

const nothing: Promised = { ofMember: 0, inAll: 0 }

/**
 * Refuses `storage_full`. What is being sent counts as if it were here. What was merely announced counts for whoever
 * announces more, and of what is free in all no more than half: those who announce and do not send keep nobody out.
 */
export async function requireSpace(db: Executor, { memberId, more, most, promised = nothing }: Wanted): Promise<void> {
  const totals = await db.selectFrom('file_totals').selectAll().where('owner', 'in', [memberId, '']).execute()
  const kept = (owner: MemberId | '') => totals.find((total) => total.owner === owner)?.bytes ?? 0
  const free = most.inAll - kept('')
  const isOwnFull = kept(memberId) + promised.ofMember + more > most.ofMember
  if (isOwnFull || Math.min(promised.inAll, free / 2) + more > free) throw new Refusal('storage_full')
}

interface Wanted {
  memberId: MemberId
  /** Bytes that will count besides those that do. */
  more: number
  most: MostFiles
  promised?: Promised | undefined
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
  await requireSpace(db, { memberId: row.member_id, more: counted - row.counted, most })
  await setCounted(db, fileId, counted)
}

export async function releaseFiles(db: Executor, halted: Parameters<Store['releaseFiles']>[0]): Promise<void> {
  for (const { fileId, received } of halted) await setCounted(db, fileId, countedFor(received))
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
