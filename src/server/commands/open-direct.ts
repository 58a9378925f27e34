import type { Room } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Appended, Reopened } from '../store/store'
import { enterRoom } from './enter-room'
import { withFreeCode } from './free-code'
import type { Handler, Services } from './handler'
import { requirePerson } from './person'
import { reserve } from './reserve'

export const openDirect: Handler<'open_direct'> = async ({ memberId: otherId }, caller, services) => {
  const { store, rooms, budgets, newRoomCode, now } = services
  const person = requirePerson(caller)

  const { address } = caller
  const reserved = reserve([
    [budgets.directs, person.memberId],
    [budgets.directsOfAddress, address],
    [budgets.directsToOne, `${address} ${otherId}`],
  ])
  const draft = { memberId: person.memberId, otherId, at: now(), retryAfterMs: reserved.retryAfterMs }
  let wasMade = false
  const open = async (roomId: RoomId) => {
    const opened = await store.openDirect({ ...draft, roomId })
    wasMade = opened.isMade
    return opened
  }
  const { other, isNew, ...told } = await withFreeCode(newRoomCode, open).finally(() => {
    if (!wasMade) reserved.giveBack()
  })
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

/** What is said to somebody who does not follow the conversation brings it to their list. */
export function tellOfNews({ room, otherId }: NonNullable<Appended['direct']>, { rooms }: Pick<Services, 'rooms'>) {
  if (rooms.connectionsOf(room.roomId, otherId).length === 0) tellOpened(otherId, room, rooms)
}

function tellOpened(memberId: MemberId, room: Room, rooms: Services['rooms']) {
  for (const connection of rooms.connectionsOfPerson(memberId)) connection.emit('direct_opened', { room })
}
