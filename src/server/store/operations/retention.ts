import type { RoomId } from '#shared/protocol/ids'
import type { Executor } from '../schema'
import type { Writing } from '../writing'
import { hideRoom } from './closing'
import { retentionOf } from './rooms'

const dayMs = 86_400_000

export async function markEmptied(
  db: Executor,
  { roomId, at }: { roomId: RoomId; at: number | undefined },
): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ emptied_at: at ?? null })
    .where('room_id', '=', roomId)
    .execute()
}

/** At a start nobody is in any room. Minutes begin anew, since a stopped server is not a leave; days go on. */
export async function emptyAll(db: Executor, at: number): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ emptied_at: at })
    .where((where) => where.or([where('retention', '=', 'while_occupied'), where('emptied_at', 'is', null)]))
    .execute()
}

export async function deleteExpired(
  db: Executor,
  { now, keepEmptyMs }: { now: number; keepEmptyMs: number },
  writing: Writing,
): Promise<RoomId[]> {
  const empty = await db
    .selectFrom('rooms')
    .select(['room_id', 'retention', 'emptied_at'])
    .where('emptied_at', 'is not', null)
    .where('closed', '=', 0)
    .where('retention', '!=', 'forever')
    .execute()
  const expired = empty.filter((room) => (room.emptied_at ?? now) + keptMs(room.retention, keepEmptyMs) <= now)
  for (const { room_id } of expired) await hideRoom(db, room_id, writing)
  return expired.map((room) => room.room_id)
}

function keptMs(stored: string, keepEmptyMs: number): number {
  const retention = retentionOf(stored)
  return typeof retention === 'object' ? retention.days * dayMs : keepEmptyMs
}
