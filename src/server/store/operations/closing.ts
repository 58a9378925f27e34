import type { RoomId } from '#shared/protocol/ids'
import type { Executor } from '../schema'
import type { Store } from '../store'
import type { Writing } from '../writing'
import { freeFiles, ofRoom } from './freeing'
import { requireHost } from './members'

/** Taking a message out of the index of words takes about a millisecond: no other write should wait for many. */
const mostAtOnce = 50

export async function closeRoom(db: Executor, by: Parameters<Store['closeRoom']>[0], writing: Writing): Promise<void> {
  await requireHost(db, by)
  await deleteRoom(db, by.roomId, writing)
}

/** A room in which little was said is gone with this; of others the rest is left to `clearClosed`. */
export async function deleteRoom(db: Executor, roomId: RoomId, writing: Writing): Promise<void> {
  await hideRoom(db, roomId, writing)
  await clearSome(db, roomId)
}

/** Nobody is in it from here on or finds it, and its files are gone. Its code stays taken until all of it is deleted. */
export async function hideRoom(db: Executor, roomId: RoomId, writing: Writing): Promise<void> {
  await freeFiles(db, ofRoom(roomId), writing)
  await db.deleteFrom('reads').where('room_id', '=', roomId).execute()
  await db.deleteFrom('clock_steps').where('room_id', '=', roomId).execute()
  await db.deleteFrom('members').where('room_id', '=', roomId).execute()
  // Two people may begin another conversation.
  await db.updateTable('rooms').set({ closed: 1, direct_pair: null }).where('room_id', '=', roomId).execute()
}

/** Deletes some of what was said in one closed room. False when there was none. */
export async function clearClosed(db: Executor): Promise<boolean> {
  const room = await db.selectFrom('rooms').select('room_id').where('closed', '=', 1).limit(1).executeTakeFirst()
  if (room) await clearSome(db, room.room_id)
  return room !== undefined
}

async function clearSome(db: Executor, roomId: RoomId): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('messages')
    .where('id', 'in', (from) =>
      from.selectFrom('messages').select('id').where('room_id', '=', roomId).orderBy('seq').limit(mostAtOnce),
    )
    .executeTakeFirst()
  if (numDeletedRows < mostAtOnce) await db.deleteFrom('rooms').where('room_id', '=', roomId).execute()
}
