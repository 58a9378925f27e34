import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Attempt } from '../budgets/join-gate'
import { checkName } from '../names/check-name'
import type { Caller, Handler, Services } from './handler'
import { readOnEntry, withLate } from './page'
import { personOf, personOfSession, storedIdentity } from './person'

export const joinRoom: Handler<'join_room'> = async (input, caller, services) => {
  const { store, now } = services
  const { roomId } = input
  if (caller.person && input.session !== undefined && input.session !== caller.person.session)
    throw new Refusal('invalid_request', { field: 'session' })
  caller.person ??= await personOfSession(input.session, store)
  if (!caller.person && input.name === undefined) throw new Refusal('invalid_request', { field: 'name' })
  const name = input.name === undefined ? undefined : checkName(input.name)

  const attempt = await attemptOf(roomId, caller, services)
  const person = personOf(caller)
  const draft = { ...storedIdentity(person), roomId, ...(name && { name }), at: now() }
  const { room, you, isNew } = await counted(attempt, () => store.joinRoom(draft))
  caller.person = person

  const entrance = await services.rooms.open(roomId)
  try {
    entrance.admit(you, isNew)
    const read = await readOnEntry(store, { roomId, memberId: person.memberId, since: input.since })
    const { late, ...here } = entrance.enter(person.memberId, caller.connection)
    caller.entered(roomId)
    const page = withLate(read, late)
    const rev = page.messages.reduce((most, message) => Math.max(most, message.rev), room.rev)
    return { room: { ...room, rev }, ...here, ...page, session: person.session }
  } finally {
    entrance.release()
  }
}

/** Members come back at once, whatever strangers at their address have been guessing. */
function attemptOf(roomId: RoomId, { person, address }: Caller, { joinGate, store }: Services): Promise<Attempt> {
  if (!person) return joinGate.enter(address)
  return joinGate.enterKnown(address, () => isMember(roomId, person.memberId, store))
}

async function isMember(roomId: RoomId, memberId: MemberId, store: Services['store']): Promise<boolean> {
  return (await store.members(roomId)).some((member) => member.memberId === memberId)
}

async function counted<T>(attempt: Attempt, join: () => Promise<T>): Promise<T> {
  try {
    const joined = await join()
    attempt.succeeded()
    return joined
  } catch (error) {
    if (error instanceof Refusal && error.code === 'room_not_found') attempt.failed()
    else attempt.succeeded()
    throw error
  }
}
