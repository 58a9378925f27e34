import { Refusal } from '#shared/protocol/errors'
import type { Executor } from '../schema'
import type { Store } from '../store'
import { blocked, directsFrom } from './blocking'
import { comeBack, enterNew, findMember, memberOf, requireFreeName, unseat } from './members'
import { markHere } from './lapsing'
import { keepPerson, knownPerson } from './people'
import { readsFor } from './receipts'
import { requireRoom, roomOf } from './rooms'
import { placeFor } from './seats'

// Everything is checked before anything is written: a refusal must leave its batch as it found it.
export async function joinRoom(db: Executor, draft: Parameters<Store['joinRoom']>[0]): ReturnType<Store['joinRoom']> {
  const { roomId, at } = draft
  const room = await requireRoom(db, roomId)
  const person = await knownPerson(db, draft)
  const memberId = person?.memberId ?? draft.memberId
  const earlier = await findMember(db, { roomId, memberId })
  const isNew = earlier?.left_at !== null
  // A room of two is no room to anybody else.
  if (room.kind === 'direct' && !earlier) throw new Refusal('room_not_found')

  const kept = earlier && { shown: earlier.name, key: earlier.name_key }
  const name = isNew ? draft.name : kept
  if (!name) throw new Refusal('name_invalid', { field: 'name' })
  if (isNew) await requireFreeName(db, roomId, name)
  const displaced = isNew && draft.seats && room.kind === 'group' ? await placeFor(db, roomId, draft.seats) : undefined

  await keepPerson(db, { memberId, sessionHash: draft.sessionHash, name, at })
  if (room.emptied_at !== null)
    await db.updateTable('rooms').set({ emptied_at: null, emptied_ran: null }).where('room_id', '=', roomId).execute()
  if (displaced !== undefined) await unseat(db, { roomId, memberId: displaced, at })
  const told = {
    room: roomOf(room),
    isNew,
    displaced,
    reads: await readsFor(db, { roomId, memberId }),
    // Whoever comes for the first time has blocked nobody.
    blocked: person ? await blocked(db, memberId) : [],
    directsFrom: person ? await directsFrom(db, memberId) : ('everybody' as const),
  }
  if (earlier && !isNew) {
    if (earlier.away_since !== null) await markHere(db, { roomId, memberId })
    return { ...told, you: memberOf(earlier) }
  }

  const you = earlier
    ? await comeBack(db, earlier, name, at)
    : await enterNew(db, { roomId, memberId, name, role: 'member', at })
  return { ...told, you: memberOf(you) }
}
