import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Attempt } from '../budgets/join-gate'
import type { Store } from '../store/store'
import { checkName } from '../names/check-name'
import { spend } from './budget'
import { enterRoom } from './enter-room'
import type { Caller, Handler, Services } from './handler'
import { personOf, personOfSession, storedIdentity } from './person'
import { reserve } from './reserve'

/** A connection that is told of more at once would be dropped as a slow reader, again and again. */
const mostDirectsTold = 300

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
  const draft = { ...storedIdentity(newcomer), roomId, ...(name && { name }), seats: services.seats, at: now() }
  const told = await counted(attempt, () => begin(draft, caller, services))
  if (told.displaced !== undefined) await services.rooms.leave(roomId, told.displaced)
  // Two tabs that arrive together with one new session are one person: the store says which.
  const person = { ...newcomer, memberId: told.you.memberId }
  const isNobodyYet = !caller.person && told.you.memberId === newcomer.memberId
  caller.person = person
  const entry = await enterRoom({ told, person, since: input.since }, caller, services)
  if (!isNobodyYet && !caller.knowsDirects) await tellOfDirects(person.memberId, caller, store)
  caller.knowsDirects = true
  return entry
}

/** Of memberships an address may begin only so many in one room; those there are do not count. */
async function begin(draft: Parameters<Store['joinRoom']>[0], { address, person }: Caller, services: Services) {
  const { store, budgets } = services
  const { roomId } = draft
  const { retryAfterMs, giveBack } = reserve([[budgets.memberships, `${address} ${roomId}`]])
  if (retryAfterMs > 0 && !(await isMember(roomId, person?.memberId, store)))
    throw new Refusal('rate_limited', { retryAfterMs })
  let isNew = false
  try {
    const told = await store.joinRoom(draft)
    isNew = told.isNew
    return told
  } finally {
    if (!isNew) giveBack()
  }
}

/** Those opened while they were away are news to them; of what is opened or said from now on they hear. */
async function tellOfDirects(memberId: MemberId, caller: Caller, store: Services['store']) {
  for (const room of await store.directs(memberId, mostDirectsTold)) caller.connection.emit('direct_opened', { room })
}

async function isMember(roomId: RoomId, memberId: MemberId | undefined, store: Services['store']): Promise<boolean> {
  return memberId !== undefined && (await store.isMember({ roomId, memberId }))
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
