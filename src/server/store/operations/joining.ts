import { Refusal } from '#shared/protocol/errors'
import type { Executor } from '../schema'
import type { Store } from '../store'
import { blocked } from './blocking'
import { comeBack, enterNew, findMember, memberOf, requireFreeName } from './members'
import { keepPerson, knownPerson } from './people'
import { readsFor } from './receipts'
import { requireRoom, roomOf } from './rooms'

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

  await keepPerson(db, { memberId, sessionHash: draft.sessionHash, name, at })
  if (room.emptied_at !== null)
    await db.updateTable('rooms').set({ emptied_at: null, emptied_ran: null }).where('room_id', '=', roomId).execute()
  const told = {
    room: roomOf(room),
    isNew,
    reads: await readsFor(db, { roomId, memberId }),
    // Whoever comes for the first time has blocked nobody.
    blocked: person ? await blocked(db, memberId) : [],
  }
  if (earlier && !isNew) return { ...told, you: memberOf(earlier) }

  const you = earlier
    ? await comeBack(db, earlier, name, at)
    : await enterNew(db, { roomId, memberId, name, role: 'member', at })
  return { ...told, you: memberOf(you) }
}
