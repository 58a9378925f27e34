import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { Room } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { onConnection, prepared, rowsOf, type Run } from '../prepared'
import type { Executor, Schema } from '../schema'
import type { Reopened, Store, StoredMember } from '../store'
import { blocked, directsFrom, isHeard } from './blocking'
import { comeBack, enterNew, findMember, memberOf } from './members'
import { readsFor } from './receipts'
import { requireFreeCode, roomOf } from './rooms'

const spoken = sql`exists (select 1 from messages as own
  where own.room_id = members.room_id and own.member_id = members.member_id)`
const directOf = prepared((db) =>
  db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.room_id', 'members.room_id')
    .leftJoin('messages', (join) =>
      join.onRef('messages.room_id', '=', 'rooms.room_id').onRef('messages.seq', '=', 'rooms.last_seq'),
    )
    .selectAll('rooms')
    .where('members.member_id', '=', '' as MemberId)
    .where('members.left_at', 'is', null)
    .where('rooms.kind', '=', 'direct')
    // Strangers who write a lot must not push out those whom somebody has answered.
    .orderBy(spoken, 'desc')
    .orderBy('messages.id', 'desc')
    .orderBy('rooms.created_at', 'desc')
    .limit(1),
)

/** The rooms of two somebody is in: nobody but the server could tell them of one opened while they were away. */
export async function directs(
  db: Executor,
  { memberId, limit }: { memberId: MemberId; limit: number },
): Promise<Room[]> {
  return (await rowsOf(db, directOf, [memberId, 'direct', limit])).map(roomOf)
}

const formerIn = prepared((db) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('room_id', '=', '' as RoomId)
    .where('left_at', 'is not', null),
)
const allBack = prepared((db) =>
  db
    .updateTable('members')
    .set({ left_at: null, joined_at: 0 })
    .where('room_id', '=', '' as RoomId)
    .where('left_at', 'is not', null),
)
const byId = prepared((db) =>
  db
    .selectFrom('rooms')
    .selectAll()
    .where('room_id', '=', '' as RoomId),
)

/** What one of two says brings the other back, who had left: nobody writes to a room in which they are alone. */
export async function reopen(run: Run, posted: Posted): Promise<Reopened | undefined> {
  const { room_id: roomId, rev, sent_at: at } = posted
  const [former] = (await run(formerIn, [roomId])).rows
  const [room] = former ? (await run(byId, [roomId])).rows : []
  if (!former || !room) return undefined
  await run(allBack, [null, at, roomId])
  return { room: { ...roomOf(room), rev }, other: memberOf(former) }
}

type Posted = Pick<Schema['messages'], 'room_id' | 'rev' | 'sent_at'>

type Asked = Parameters<Store['openDirect']>[0]

const pairOf = (ids: readonly MemberId[]) => ids.toSorted().join(' ')

/** The room of two, made when there is none; whoever had left it is in it again. */
export async function openDirect(db: Executor, asked: Asked): ReturnType<Store['openDirect']> {
  const { memberId, otherId, at, retryAfterMs = 0 } = asked
  if (otherId === memberId) throw new Refusal('invalid_request', { field: 'memberId' })
  if ((await blocked(db, otherId)).includes(memberId)) throw new Refusal('forbidden')

  const pair = pairOf([memberId, otherId])
  const known = await db.selectFrom('rooms').selectAll().where('direct_pair', '=', pair).executeTakeFirst()
  if (!(await takesIt(db, known, asked))) throw new Refusal('forbidden')
  const names = known ? undefined : await namesInSharedRoom(db, asked)
  if (!known && retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs })
  const room = known ?? (await makeRoom(db, { ...asked, pair }))
  const you = await seat(db, { roomId: room.room_id, memberId, at, names })
  const other = await seat(db, { roomId: room.room_id, memberId: otherId, at, names })
  return {
    room: roomOf(room),
    you: you.member,
    other: other.member,
    isNew: other.isNew,
    isMade: !known,
    reads: await readsFor(db, { roomId: room.room_id, memberId }),
    blocked: await blocked(db, memberId),
    directsFrom: await directsFrom(db, memberId),
  }
}

/** Whether the other one takes a conversation with this one: known is whom they have written to in it. */
const takesIt = async (
  db: Executor,
  known: Schema['rooms'] | undefined,
  { memberId, otherId }: Asked,
): Promise<boolean> =>
  known
    ? onConnection(db, (run) => isHeard(run, { roomId: known.room_id, memberId }))
    : (await directsFrom(db, otherId)) === 'everybody'

async function makeRoom(db: Executor, { roomId, at, pair }: Asked & { pair: string }): Promise<Schema['rooms']> {
  await requireFreeCode(db, roomId)
  const row: Schema['rooms'] = {
    room_id: roomId,
    title: '',
    created_at: at,
    rev: 0,
    last_seq: 0,
    retention: 'forever',
    emptied_at: null,
    emptied_ran: null,
    kind: 'direct',
    direct_pair: pair,
    closed: 0,
  }
  await db.insertInto('rooms').values(row).execute()
  return row
}

type Names = ReadonlyMap<MemberId, Pick<Schema['members'], 'name' | 'name_key'>>

/** The names they have side by side somewhere are two names that differ. */
async function namesInSharedRoom(db: Executor, { memberId, otherId }: Asked): Promise<Names> {
  const shared = await db
    .selectFrom('members as mine')
    .innerJoin('members as theirs', 'theirs.room_id', 'mine.room_id')
    .select('mine.room_id')
    .where('mine.member_id', '=', memberId)
    .where('mine.left_at', 'is', null)
    .where('theirs.member_id', '=', otherId)
    .where('theirs.left_at', 'is', null)
    .orderBy('theirs.joined_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!shared) throw new Refusal('forbidden')

  const rows = await db
    .selectFrom('members')
    .select(['member_id', 'name', 'name_key'])
    .where('room_id', '=', shared.room_id)
    .where('member_id', 'in', [memberId, otherId])
    .execute()
  return new Map(rows.map((row) => [row.member_id, row]))
}

async function seat(
  db: Executor,
  { roomId, memberId, at, names }: { roomId: RoomId; memberId: MemberId; at: number; names: Names | undefined },
): Promise<{ member: StoredMember; isNew: boolean }> {
  const earlier = await findMember(db, { roomId, memberId })
  if (earlier?.left_at === null) return { member: memberOf(earlier), isNew: false }

  const known = earlier ?? names?.get(memberId)
  if (!known) throw new Error('a room of two without one of them')
  const name = { shown: known.name, key: known.name_key }
  const row = earlier
    ? await comeBack(db, earlier, name, at)
    : await enterNew(db, { roomId, memberId, name, role: 'member', at })
  return { member: memberOf(row), isNew: true }
}
