import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { messageOf, type Integrity } from '../message-of'
import { prepared, rowsOf } from '../prepared'
import type { Executor, MessageRow } from '../schema'
import type { Page, Store } from '../store'
import { requireMember } from './members'
import { leastBytesOf, pageOf, type PageSize } from './page-size'
import { findRoom } from './rooms'

const rowsAtOnce = 64

type Reader = { roomId: RoomId; memberId: MemberId }

const newestBefore = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    .where('seq', '<', 0)
    .orderBy('seq', 'desc')
    .limit(0),
)
const changedAfter = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    .where('rev', '>', 0)
    .orderBy('rev')
    .limit(0),
)

export async function history(
  db: Executor,
  { roomId, memberId, before, limit }: Reader & { before?: number; limit: number },
  integrity: Integrity,
): ReturnType<Store['history']> {
  await requireMember(db, { roomId, memberId })
  return messagesBefore(db, { roomId, before, limit }, integrity)
}

/** The newest before a seq, or of all, oldest first. */
export async function messagesBefore(
  db: Executor,
  { roomId, before, ...size }: { roomId: RoomId; before: number | undefined } & PageSize,
  integrity: Integrity,
): Promise<Page> {
  const newestFirst = await rowsOf(db, newestBefore, [roomId, before ?? Number.MAX_SAFE_INTEGER, size.limit + 1])
  noticeMissing(newestFirst.toReversed(), integrity)
  const { page, hasMore } = pageOf(newestFirst, size)
  return { messages: page.toReversed().map((row) => messageOf(row, integrity)), hasMore }
}

export async function changes(
  db: Executor,
  { roomId, memberId, since, limit, most }: Parameters<Store['changes']>[0],
  integrity: Integrity,
): ReturnType<Store['changes']> {
  await requireMember(db, { roomId, memberId })
  const room = await findRoom(db, roomId)
  if (!room) throw new Refusal('room_not_found')
  if (since > room.rev) return { reset: true }

  // No message has a rev above the room's, so a narrow gap needs no counting.
  if (room.rev - since > most && (await countAfter(db, roomId, since, most)) > most) return { reset: true }

  const { page, hasMore } = pageOf(await changedSince(db, { roomId, since, limit }), { limit })
  return { reset: false, messages: page.map((row) => messageOf(row, integrity)), hasMore }
}

/** One row more than the page has, or enough to fill its bytes: whole rows of a long page are megabytes. */
async function changedSince(db: Executor, { roomId, since, limit }: { roomId: RoomId; since: number; limit: number }) {
  const rows: MessageRow[] = []
  for (let bytes = 0; rows.length <= limit && bytes <= limits.pageBytes;) {
    const wanted = Math.min(rowsAtOnce, limit + 1 - rows.length)
    const more = await rowsOf(db, changedAfter, [roomId, rows.at(-1)?.rev ?? since, wanted])
    rows.push(...more)
    if (more.length < wanted) break
    bytes += more.reduce((sum, row) => sum + leastBytesOf(row), 0)
  }
  return rows
}

async function countAfter(db: Executor, roomId: RoomId, since: number, most: number): Promise<number> {
  const rows = await db
    .selectFrom('messages')
    .select('rev')
    .where('room_id', '=', roomId)
    .where('rev', '>', since)
    .limit(most + 1)
    .execute()
  return rows.length
}

export function noticeMissing(rows: readonly MessageRow[], { onDamage }: Integrity): void {
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1]
    if (previous && row.prev_seq !== previous.seq) {
      onDamage({ kind: 'row_missing', room_id: row.room_id, seq: row.seq })
    }
  }
}
