import type { Executor } from '../schema'
import type { Store } from '../store'
import type { Writing } from '../writing'
import { members, requireMember, unseat } from './members'
import { deleteRoom } from './closing'
import { requireRoom } from './rooms'

/** A room of two goes with the second of them: nobody else could ever come in. */
export async function leaveRoom(db: Executor, at: Parameters<Store['leaveRoom']>[0], writing: Writing): Promise<void> {
  await requireMember(db, at)
  await unseat(db, at)
  const { kind } = await requireRoom(db, at.roomId)
  if (kind === 'direct' && (await members(db, at.roomId)).length === 0) await deleteRoom(db, at.roomId, writing)
}
