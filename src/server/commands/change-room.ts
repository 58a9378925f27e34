import type { Handler } from './handler'
import { requirePerson } from './person'

export const changeRoom: Handler<'change_room'> = async (input, caller, { store, announce }) => {
  const { memberId } = requirePerson(caller)
  const { roomId, title, retention } = input
  const changes = { ...(title !== undefined && { title }), ...(retention !== undefined && { retention }) }
  const room = await store.changeRoom({ roomId, memberId, ...changes })
  announce(roomId, 'room_changed', { room })
  return { room }
}
