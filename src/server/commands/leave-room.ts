import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const leaveRoom: Handler<'leave_room'> = async ({ roomId }, caller, { store, rooms, budgets, now }) => {
  const { memberId } = requirePerson(caller)
  // Coming and going is told to everybody in the room.
  spend(budgets.leaves, `${memberId} ${roomId}`)
  await store.leaveRoom({ roomId, memberId, at: now() })
  await rooms.leave(roomId, memberId)
  return {}
}
