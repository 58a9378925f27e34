import type { DirectsFrom } from '#shared/protocol/contract'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { prepared, rowsOf, type Run } from '../prepared'
import type { Executor } from '../schema'
import type { Store } from '../store'
import { spoken } from './lapsing'

const memberId = '' as MemberId

export async function blockMember(
  db: Executor,
  { memberId: blocker, blockedId, isBlocked }: Parameters<Store['blockMember']>[0],
): Promise<void> {
  const pair = { member_id: blocker, blocked_id: blockedId }
  const person = await db.selectFrom('people').select('member_id').where('member_id', '=', blockedId).executeTakeFirst()
  if (!person || blockedId === blocker) throw new Refusal('invalid_request', { field: 'memberId' })

  if (isBlocked) {
    const others = (await blocked(db, blocker)).filter((other) => other !== blockedId)
    if (others.length >= limits.blocksPerPerson) throw new Refusal('too_large', { field: 'memberId' })
    await db
      .insertInto('blocks')
      .values(pair)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else await db.deleteFrom('blocks').where('member_id', '=', blocker).where('blocked_id', '=', blockedId).execute()
}

const blockedBy = prepared((db) => db.selectFrom('blocks').select('blocked_id').where('member_id', '=', memberId))

/** Whom somebody has blocked. */
export async function blocked(db: Executor, by: MemberId): Promise<MemberId[]> {
  return (await rowsOf(db, blockedBy, [by])).map(({ blocked_id }) => blocked_id)
}

const blockersIn = prepared((db) =>
  db
    .selectFrom('members')
    .innerJoin('blocks', 'blocks.member_id', 'members.member_id')
    .select('blocks.member_id')
    .where('members.room_id', '=', '' as RoomId)
    .where('blocks.blocked_id', '=', memberId),
)

/** Who in a room, members and former ones, has blocked somebody. */
export async function blockers(db: Executor, { roomId, memberId: of }: Speaker): Promise<MemberId[]> {
  return (await rowsOf(db, blockersIn, [roomId, of])).map(({ member_id }) => member_id)
}

/** Members of a direct room who take it only from those they have written to, and have written nothing here. */
const shutIn = prepared((db) =>
  db
    .selectFrom('members')
    .innerJoin('people', 'people.member_id', 'members.member_id')
    .select('members.member_id')
    .where('members.room_id', '=', '' as RoomId)
    .where('members.member_id', '!=', memberId)
    .where('people.known_directs_only', '=', 1)
    .where((where) => where.not(where.exists(spoken))),
)

export async function setDirects(
  db: Executor,
  { memberId: person, from }: Parameters<Store['setDirects']>[0],
): Promise<void> {
  await db
    .updateTable('people')
    .set({ known_directs_only: from === 'known' ? 1 : 0 })
    .where('member_id', '=', person)
    .execute()
}

const directsSetting = prepared((db) =>
  db.selectFrom('people').select('known_directs_only').where('member_id', '=', memberId),
)

export async function directsFrom(db: Executor, of: MemberId): Promise<DirectsFrom> {
  const [row] = await rowsOf(db, directsSetting, [of])
  return row?.known_directs_only === 1 ? 'known' : 'everybody'
}

type Speaker = { roomId: RoomId; memberId: MemberId }

/** For direct rooms: whether the other one has not blocked who speaks, and takes it from them. */
export const isHeard = async (run: Run, { roomId, memberId: speaker }: Speaker): Promise<boolean> =>
  (await run(blockersIn, [roomId, speaker])).rows.length === 0 &&
  (await run(shutIn, [roomId, speaker, 1])).rows.length === 0
