import { spend } from './budget'
import { enterRoom } from './enter-room'
import { withFreeCode } from './free-code'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const openDirect: Handler<'open_direct'> = async ({ memberId: otherId }, caller, services) => {
  const { store, rooms, budgets, newRoomCode, now } = services
  const person = requirePerson(caller)
  spend(budgets.messages, person.memberId)

  const draft = { memberId: person.memberId, otherId, at: now() }
  const { other, isNew, ...told } = await withFreeCode(newRoomCode, (roomId) => store.openDirect({ ...draft, roomId }))
  const entry = await enterRoom({ told, person, since: undefined, known: [other] }, caller, services)
  if (isNew)
    for (const connection of rooms.connectionsOfPerson(otherId)) connection.emit('direct_opened', { room: entry.room })
  return entry
}
