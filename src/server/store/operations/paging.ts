import { sql } from 'kysely'
import type { RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { messageOf, type Integrity } from '../message-of'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { Page, Store } from '../store'
import { requireMember } from './members'
import { pageOf, type PageSize } from './page-size'
import { messagesBefore, noticeMissing } from './reading'

const oldestAfter = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    .where('seq', '>', 0)
    .orderBy('seq')
    .limit(0),
)

export async function newer(
  db: Executor,
  { roomId, memberId, after, limit }: Parameters<Store['newer']>[0],
  integrity: Integrity,
): ReturnType<Store['newer']> {
  await requireMember(db, { roomId, memberId })
  return messagesAfter(db, { roomId, after, limit }, integrity)
}

async function messagesAfter(
  db: Executor,
  { roomId, after, ...size }: { roomId: RoomId; after: number } & PageSize,
  integrity: Integrity,
): Promise<Page> {
  const rows = await rowsOf(db, oldestAfter, [roomId, after, size.limit + 1])
  noticeMissing(rows, integrity)
  const { page, hasMore } = pageOf(rows, size)
  return { messages: page.map((row) => messageOf(row, integrity)), hasMore }
}

/** Half the page is older than the message, which stands first in the other half. */
export async function around(
  db: Executor,
  { roomId, memberId, seq, limit }: Parameters<Store['around']>[0],
  integrity: Integrity,
): ReturnType<Store['around']> {
  await requireMember(db, { roomId, memberId })
  const half = { limit: Math.ceil(limit / 2), mostBytes: limits.pageBytes / 2 }
  const newer = await messagesAfter(db, { roomId, after: seq - 1, ...half }, integrity)
  const older = await messagesBefore(db, { roomId, before: seq, ...half }, integrity)
  return { messages: [...older.messages, ...newer.messages], hasOlder: older.hasMore, hasNewer: newer.hasMore }
}

const pinnedIn = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    // Not bound, for the index is of these rows alone.
    .where('pinned', '=', sql.lit(1))
    .where('seq', '>', 0)
    .orderBy('seq')
    .limit(0),
)

export async function pinned(
  db: Executor,
  { roomId, memberId, after, limit }: Parameters<Store['pinned']>[0],
  integrity: Integrity,
): ReturnType<Store['pinned']> {
  await requireMember(db, { roomId, memberId })
  const rows = await rowsOf(db, pinnedIn, [roomId, after, limit + 1])
  const { page, hasMore } = pageOf(rows, { limit })
  return { messages: page.map((row) => messageOf(row, integrity)), hasMore }
}
