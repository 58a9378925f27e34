import type { Handler } from './handler'
import { requirePerson } from './person'

export const setTyping: Handler<'set_typing'> = async ({ roomId, typing: isTyping }, caller, services) => {
  const { store, rooms, typing } = services
  const { memberId } = requirePerson(caller)
  const { blockers } = await store.standing({ roomId, memberId })
  // They may have gone while we looked, and then nothing would end it.
  const isHere = rooms.connectionsOf(roomId, memberId).length > 0
  if (isTyping && isHere) typing.began(roomId, memberId, blockers)
  else typing.ended(roomId, memberId)
  return {}
}
