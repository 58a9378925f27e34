import { sql } from 'kysely'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { messageOf, type Integrity } from '../message-of'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { Store } from '../store'
import { requireMember } from './members'
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

type Reader = { roomId: RoomId; memberId: MemberId }

export async function newer(
  db: Executor,
  { roomId, memberId, after, limit }: Parameters<Store['newer']>[0],
  integrity: Integrity,
): ReturnType<Store['newer']> {
  await requireMember(db, { roomId, memberId })
  const rows = await rowsOf(db, oldestAfter, [roomId, after, limit + 1])
  noticeMissing(rows, integrity)
  return { messages: rows.slice(0, limit).map((row) => messageOf(row, integrity)), hasMore: rows.length > limit }
}

/** Half the page is older than the message, which stands first in the other half. */
export async function around(
  db: Executor,
  { roomId, memberId, seq, limit }: Parameters<Store['around']>[0],
  integrity: Integrity,
): ReturnType<Store['around']> {
  const half = Math.ceil(limit / 2)
  const { messages, hasMore: hasNewer } = await newer(db, { roomId, memberId, after: seq - 1, limit: half }, integrity)
  const { rows, hasMore: hasOlder } = await messagesBefore(db, { roomId, before: seq, limit: half }, integrity)
  return { messages: [...rows.map((row) => messageOf(row, integrity)), ...messages], hasOlder, hasNewer }
}

const pinnedIn = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    // Not bound, for the index is of these rows alone.
    .where('pinned', '=', sql.lit(1))
    .orderBy('seq'),
)

export async function pinned(db: Executor, reader: Reader, integrity: Integrity): ReturnType<Store['pinned']> {
  await requireMember(db, reader)
  const rows = await rowsOf(db, pinnedIn, [reader.roomId])
  return { messages: rows.map((row) => messageOf(row, integrity)) }
}
