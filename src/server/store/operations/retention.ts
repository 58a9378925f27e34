import type { RoomId } from '#shared/protocol/ids'
import type { Executor } from '../schema'
import type { ServerTime } from '../server-time-row'
import type { Writing } from '../writing'
import { hideRoom } from './closing'
import { retentionOf } from './rooms'
import { serverTime } from './server-time'

const dayMs = 86_400_000

export async function markEmptied(
  db: Executor,
  { roomId, at }: { roomId: RoomId; at: ServerTime | undefined },
): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ emptied_at: at?.passedMs ?? null, emptied_ran: at?.ranMs ?? null })
    .where('room_id', '=', roomId)
    .execute()
}

/** At a start nobody is in any room. Minutes begin anew, since a stopped server is not a leave; days go on. */
export async function emptyAll(db: Executor): Promise<void> {
  const { ranMs, passedMs } = await serverTime(db)
  await db.updateTable('rooms').set({ emptied_ran: ranMs }).execute()
  await db.updateTable('rooms').set({ emptied_at: passedMs }).where('emptied_at', 'is', null).execute()
}

export async function deleteExpired(
  db: Executor,
  { at, keepEmptyMs }: { at: ServerTime; keepEmptyMs: number },
  writing: Writing,
): Promise<RoomId[]> {
  const empty = await db
    .selectFrom('rooms')
    .select(['room_id', 'retention', 'emptied_at', 'emptied_ran'])
    .where('emptied_at', 'is not', null)
    .where('closed', '=', 0)
    .where('retention', '!=', 'forever')
    .execute()
  const expired = empty.filter((room) => {
    const days = daysOf(room.retention)
    if (days === undefined) return at.ranMs - (room.emptied_ran ?? at.ranMs) >= keepEmptyMs
    return at.passedMs - (room.emptied_at ?? at.passedMs) >= days * dayMs
  })
  for (const { room_id } of expired) await hideRoom(db, room_id, writing)
  return expired.map((room) => room.room_id)
}

function daysOf(stored: string): number | undefined {
  const retention = retentionOf(stored)
  return typeof retention === 'object' ? retention.days : undefined
}
