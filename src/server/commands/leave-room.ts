import type { Handler } from './handler'
import { requirePerson } from './person'

export const leaveRoom: Handler<'leave_room'> = async ({ roomId }, caller, { store, rooms, now }) => {
  const { memberId } = requirePerson(caller)
  await store.leaveRoom({ roomId, memberId, at: now() })
  await rooms.leave(roomId, memberId)
  return {}
}
