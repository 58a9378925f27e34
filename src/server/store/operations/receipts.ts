import { Refusal } from '#shared/protocol/errors'
import type { ReadMark } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { Store } from '../store'
import { blockers } from './blocking'
import { requireMember } from './members'
import { requireRoom } from './rooms'

type Seat = { roomId: RoomId; memberId: MemberId }

const roomId = '' as RoomId
const memberId = '' as MemberId

const memberBeyond = prepared((db) =>
  db
    .selectFrom('members')
    .select('member_id')
    .where('room_id', '=', roomId)
    .where('left_at', 'is', null)
    .limit(1)
    .offset(0),
)

/** Beyond this many, nobody is told who has read what. */
async function tellsReads(db: Executor, room: RoomId): Promise<boolean> {
  return (await rowsOf(db, memberBeyond, [room, 1, limits.readsMembers])).length === 0
}

const readsIn = prepared((db) =>
  db
    .selectFrom('reads')
    .innerJoin('members', (join) =>
      join.onRef('members.room_id', '=', 'reads.room_id').onRef('members.member_id', '=', 'reads.member_id'),
    )
    .innerJoin('people', 'people.member_id', 'reads.member_id')
    .select(['reads.member_id', 'reads.seq', 'people.hides_reads'])
    .where('reads.room_id', '=', roomId)
    .where('members.left_at', 'is', null),
)
const ownRead = prepared((db) =>
  db.selectFrom('reads').select(['member_id', 'seq']).where('room_id', '=', roomId).where('member_id', '=', memberId),
)

/** How far members have read, as far as somebody may know: their own mark always, others' where they let it be known. */
export async function readsFor(db: Executor, { roomId: room, memberId: reader }: Seat): Promise<ReadMark[]> {
  const rows = (await tellsReads(db, room))
    ? (await rowsOf(db, readsIn, [room])).filter((row) => row.member_id === reader || row.hides_reads === 0)
    : await rowsOf(db, ownRead, [room, reader])
  return rows.map(({ member_id, seq }) => ({ memberId: member_id, seq }))
}

const hides = prepared((db) => db.selectFrom('people').select('hides_reads').where('member_id', '=', memberId))

export async function standing(db: Executor, seat: Seat): ReturnType<Store['standing']> {
  await requireMember(db, seat)
  const { last_seq } = await requireRoom(db, seat.roomId)
  const [person] = await rowsOf(db, hides, [seat.memberId])
  const [read] = await rowsOf(db, ownRead, [seat.roomId, seat.memberId])
  return {
    lastSeq: last_seq,
    readSeq: read?.seq ?? 0,
    tellsReads: await tellsReads(db, seat.roomId),
    hidesReads: person?.hides_reads === 1,
    blockers: await blockers(db, seat),
  }
}

const upsertRead = prepared((db) =>
  db
    .insertInto('reads')
    .values({ room_id: roomId, member_id: memberId, seq: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['room_id', 'member_id'])
        .doUpdateSet({ seq: (set) => set.fn('max', ['reads.seq', 'excluded.seq']) }),
    ),
)
const updateHides = prepared((db) => db.updateTable('people').set({ hides_reads: 0 }).where('member_id', '=', memberId))

/** Marks of people or rooms that are gone by now are let go. */
export async function saveReads(db: Executor, { marks, hides: switched }: Parameters<Store['saveReads']>[0]) {
  for (const { roomId: room, memberId: reader, seq } of marks)
    if (await isMember(db, { roomId: room, memberId: reader })) await rowsOf(db, upsertRead, [room, reader, seq])
  for (const { memberId: reader, hidden } of switched) await rowsOf(db, updateHides, [hidden ? 1 : 0, reader])
}

async function isMember(db: Executor, seat: Seat): Promise<boolean> {
  try {
    await requireMember(db, seat)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
