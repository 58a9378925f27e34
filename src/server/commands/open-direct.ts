import type { Room } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Reopened } from '../store/store'
import { enterRoom } from './enter-room'
import { withFreeCode } from './free-code'
import type { Handler, Services } from './handler'
import { requirePerson } from './person'

export const openDirect: Handler<'open_direct'> = async ({ memberId: otherId }, caller, services) => {
  const { store, rooms, newRoomCode, now } = services
  const person = requirePerson(caller)

  const draft = { memberId: person.memberId, otherId, at: now() }
  const { other, isNew, ...told } = await withFreeCode(newRoomCode, (roomId) => store.openDirect({ ...draft, roomId }))
  const entry = await enterRoom({ told, person, since: undefined, known: [other] }, caller, services)
  if (isNew) tellOpened(otherId, entry.room, rooms)
  return entry
}

/** The other of a room of two had left it, and something was said there. */
export async function openAgain({ room, other }: Reopened, { rooms }: Pick<Services, 'rooms'>): Promise<void> {
  const entrance = await rooms.open(room.roomId)
  entrance.bringBack(other)
  entrance.release()
  tellOpened(other.memberId, room, rooms)
}

function tellOpened(memberId: MemberId, room: Room, rooms: Services['rooms']) {
  for (const connection of rooms.connectionsOfPerson(memberId)) connection.emit('direct_opened', { room })
}
