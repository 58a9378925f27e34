import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor, Schema } from '../schema'
import type { CheckedName, StoredMember } from '../store'

type Row = Schema['members']
type Seat = { roomId: RoomId; memberId: MemberId }

export async function members(db: Executor, roomId: RoomId): Promise<StoredMember[]> {
  const rows = await db
    .selectFrom('members')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .orderBy('member_id')
    .execute()
  return rows.map(memberOf)
}

export async function unseat(db: Executor, at: Seat & { at: number }): Promise<void> {
  await seat(db.updateTable('members').set({ left_at: at.at }), at).execute()
}

const insertMember = prepared((db) =>
  db.insertInto('members').values({
    room_id: '' as RoomId,
    member_id: '' as MemberId,
    name: '',
    name_key: '',
    role: 'member',
    joined_at: 0,
    left_at: null,
    away_since: null,
  }),
)

/** A first membership; whoever was here before comes back with `comeBack`. */
export async function enterNew(
  db: Executor,
  { roomId, memberId, name, role, at }: Seat & { name: CheckedName; role: Row['role']; at: number },
): Promise<Row> {
  const named = { name: name.shown, name_key: name.key }
  const row: Row = {
    room_id: roomId,
    member_id: memberId,
    ...named,
    role,
    joined_at: at,
    left_at: null,
    away_since: null,
  }
  await rowsOf(db, insertMember, [roomId, memberId, name.shown, name.key, role, at])
  return row
}

/** What they were, host included, they are again; under the name they come with. */
export async function comeBack(db: Executor, earlier: Row, name: CheckedName, at: number): Promise<Row> {
  const now = { name: name.shown, name_key: name.key, joined_at: at, left_at: null, away_since: null }
  await seat(db.updateTable('members').set(now), { roomId: earlier.room_id, memberId: earlier.member_id }).execute()
  return { ...earlier, ...now }
}

const byName = prepared((db) =>
  db
    .selectFrom('members')
    .select('member_id')
    .where('room_id', '=', '' as RoomId)
    .where('name_key', '=', '')
    .where('left_at', 'is', null),
)

export async function requireFreeName(db: Executor, roomId: RoomId, name: CheckedName): Promise<void> {
  const [taken] = await rowsOf(db, byName, [roomId, name.key])
  if (taken) throw new Refusal('name_taken', { field: 'name' })
}

const bySeat = prepared((db) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    .where('member_id', '=', '' as MemberId),
)

/** Current or former. */
export async function findMember(db: Executor, { roomId, memberId }: Seat): Promise<Row | undefined> {
  const [row] = await rowsOf(db, bySeat, [roomId, memberId])
  return row
}

export async function isMember(db: Executor, seat: Seat): Promise<boolean> {
  return (await findMember(db, seat))?.left_at === null
}

export async function requireMember(db: Executor, at: Seat): Promise<Row> {
  const member = await findMember(db, at)
  if (member && member.left_at === null) return member

  const room = await db
    .selectFrom('rooms')
    .select('room_id')
    .where('room_id', '=', at.roomId)
    .where('closed', '=', 0)
    .executeTakeFirst()
  throw new Refusal(room ? 'not_a_member' : 'room_not_found')
}

export async function requireHost(db: Executor, by: Seat): Promise<void> {
  const { role } = await requireMember(db, by)
  if (role !== 'host') throw new Refusal('forbidden')
}

export const memberOf = (row: Row): StoredMember => ({ memberId: row.member_id, name: row.name, role: row.role })

const seat = <Query extends { where: (column: 'room_id' | 'member_id', is: '=', value: never) => Query }>(
  query: Query,
  { roomId, memberId }: Seat,
): Query => query.where('room_id', '=', roomId as never).where('member_id', '=', memberId as never)
