import type { Handler } from './handler'
import { requirePerson } from './person'

export const closeRoom: Handler<'close_room'> = async ({ roomId }, caller, { store, rooms }) => {
  const { memberId } = requirePerson(caller)
  await store.closeRoom({ roomId, memberId })
  rooms.close(roomId, 'closed_by_host')
  return {}
}
