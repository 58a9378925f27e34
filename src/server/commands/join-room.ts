import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Attempt } from '../budgets/join-gate'
import { checkName } from '../names/check-name'
import { spend } from './budget'
import { enterRoom } from './enter-room'
import type { Caller, Handler, Services } from './handler'
import { personOf, personOfSession, storedIdentity } from './person'

export const joinRoom: Handler<'join_room'> = async (input, caller, services) => {
  const { store, now } = services
  const { roomId } = input
  if (caller.person && input.session !== undefined && input.session !== caller.person.session)
    throw new Refusal('invalid_request', { field: 'session' })
  const wasKnown = caller.person !== undefined
  caller.person ??= await personOfSession(input.session, store)
  if (!caller.person && input.name === undefined) throw new Refusal('invalid_request', { field: 'name' })
  const name = input.name === undefined ? undefined : checkName(input.name)
  // Who is known by now only has not paid yet.
  if (caller.person && !wasKnown) spend(services.budgets.joins, caller.person.memberId)

  const attempt = await services.joinGate.enter({
    address: caller.address,
    isMember: () => isMember(roomId, caller.person?.memberId, store),
  })
  const newcomer = personOf(caller, input.session)
  const draft = { ...storedIdentity(newcomer), roomId, ...(name && { name }), at: now() }
  const told = await counted(attempt, () => store.joinRoom(draft))
  // Two tabs that arrive together with one new session are one person: the store says which.
  const person = { ...newcomer, memberId: told.you.memberId }
  const isNobodyYet = !caller.person && told.you.memberId === newcomer.memberId
  caller.person = person
  const entry = await enterRoom({ told, person, since: input.since }, caller, services)
  if (!isNobodyYet && !caller.knowsDirects) await tellOfDirects(person.memberId, caller, store)
  caller.knowsDirects = true
  return entry
}

/** Those opened while they were away are news to them; of what is opened from now on they hear. */
async function tellOfDirects(memberId: MemberId, caller: Caller, store: Services['store']) {
  for (const room of await store.directs(memberId)) caller.connection.emit('direct_opened', { room })
}

async function isMember(roomId: RoomId, memberId: MemberId | undefined, store: Services['store']): Promise<boolean> {
  return memberId !== undefined && (await store.members(roomId)).some((member) => member.memberId === memberId)
}

/** Only a code that names no room is a wrong one. */
async function counted<T>(attempt: Attempt, join: () => Promise<T>): Promise<T> {
  try {
    const joined = await join()
    attempt(true)
    return joined
  } catch (error) {
    attempt(!(error instanceof Refusal && error.code === 'room_not_found'))
    throw error
  }
}
