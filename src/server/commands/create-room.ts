import { checkName } from '../names/check-name'
import { withFreeCode } from './free-code'
import type { Handler } from './handler'
import { personOf, storedIdentity } from './person'

export const createRoom: Handler<'create_room'> = async (input, caller, services) => {
  const name = checkName(input.name)

  const newcomer = personOf(caller)
  const { title = '', retention = 'while_occupied' } = input
  const draft = { ...storedIdentity(newcomer), name, title, retention, at: services.now() }
  const { room, you, blocked, directsFrom } = await withFreeCode(services.newRoomCode, (roomId) =>
    services.store.createRoom({ ...draft, roomId }),
  )
  const person = { ...newcomer, memberId: you.memberId }
  caller.person = person

  const entrance = await services.rooms.open(room.roomId)
  try {
    const { you: host, members, hasMoreMembers } = entrance.enter({ you, connection: caller.connection })
    caller.entered(room.roomId)
    const { mostBytes: fileBytes } = services.files
    return {
      room,
      you: host,
      members,
      hasMoreMembers,
      messages: [],
      reads: [],
      blocked,
      directsFrom,
      fileBytes,
      session: person.session,
    }
  } finally {
    entrance.release()
  }
}
