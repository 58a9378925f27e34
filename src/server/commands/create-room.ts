import type { Retention } from '#shared/protocol/entities'
import { Refusal } from '#shared/protocol/errors'
import { checkName } from '../names/check-name'
import type { CheckedName } from '../store/store'
import { spend } from './budget'
import type { Handler, KnownPerson, Services } from './handler'
import { personOf, storedIdentity } from './person'

const mostAttempts = 5

export const createRoom: Handler<'create_room'> = async (input, caller, services) => {
  const name = checkName(input.name)
  spend(services.budgets.roomsCreated, caller.address)

  const newcomer = personOf(caller)
  const { title = '', retention = 'while_occupied' } = input
  const { room, you } = await withFreeCode(newcomer, { name, title, retention }, services)
  const person = { ...newcomer, memberId: you.memberId }
  caller.person = person

  const entrance = await services.rooms.open(room.roomId)
  try {
    entrance.admit(you)
    const { you: host, members } = entrance.enter(person.memberId, caller.connection)
    caller.entered(room.roomId)
    return { room, you: host, members, messages: [], session: person.session }
  } finally {
    entrance.release()
  }
}

async function withFreeCode(
  person: KnownPerson,
  wanted: { name: CheckedName; title: string; retention: Retention },
  { store, newRoomCode, now }: Services,
) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.createRoom({ ...storedIdentity(person), ...wanted, roomId: newRoomCode(), at: now() })
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === 'conflict'
      if (!isTaken || attempt >= mostAttempts) throw error
    }
  }
}
