import { sql } from 'kysely'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { Store } from '../store'

type Seat = { roomId: RoomId; memberId: MemberId }

const roomId = '' as RoomId
const memberId = '' as MemberId

/** Leaving is told to everybody there, one by one. */
const mostAtOnce = 200

const uptimeNow = prepared((db) => db.selectFrom('uptime').select('minutes'))
const addMinute = prepared((db) => db.updateTable('uptime').set({ minutes: sql`minutes + 1` }))
const takenForHere = prepared((db) =>
  db
    .selectFrom('members')
    .select(['room_id', 'member_id'])
    .where('left_at', 'is', null)
    .where('away_since', 'is', null),
)
const setAway = prepared((db) =>
  db.updateTable('members').set({ away_since: 0 }).where('room_id', '=', roomId).where('member_id', '=', memberId),
)
const setHere = prepared((db) =>
  db
    .updateTable('members')
    .set({ away_since: null })
    .where('room_id', '=', roomId)
    .where('member_id', '=', memberId)
    .where('away_since', 'is not', null),
)

export async function uptime(db: Executor): Promise<number> {
  return (await rowsOf(db, uptimeNow, []))[0]?.minutes ?? 0
}

/** Counts a minute that this server has run, and from it on who is away. No clock that is set can move it. */
export async function countMinute(db: Executor, here: Parameters<Store['countMinute']>[0]): Promise<void> {
  await rowsOf(db, addMinute, [])
  const minutes = await uptime(db)
  const present = new Map(here.map((seat) => [`${seat.roomId} ${seat.memberId}`, seat]))
  for (const { room_id, member_id } of await rowsOf(db, takenForHere, []))
    if (!present.delete(`${room_id} ${member_id}`)) await rowsOf(db, setAway, [minutes, room_id, member_id])
  for (const seat of present.values()) await markHere(db, seat)
}

export async function markHere(db: Executor, seat: Seat): Promise<void> {
  await rowsOf(db, setHere, [null, seat.roomId, seat.memberId])
}

/** At a start nobody is anywhere: what was counted until then stands. */
export async function allAway(db: Executor): Promise<void> {
  const away_since = await uptime(db)
  await db.updateTable('members').set({ away_since }).where('away_since', 'is', null).execute()
}

/** Hosts keep their rooms, and conversations of two their two. */
export async function lapseMembers(
  db: Executor,
  { quietMinutes, spokenMinutes, at }: Parameters<Store['lapseMembers']>[0],
): ReturnType<Store['lapseMembers']> {
  const minutes = await uptime(db)
  const lapsed = await db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.room_id', 'members.room_id')
    .select(['members.room_id as roomId', 'members.member_id as memberId'])
    .where('members.left_at', 'is', null)
    .where('members.away_since', '<=', minutes - Math.min(quietMinutes, spokenMinutes))
    .where('members.role', '=', 'member')
    .where('rooms.kind', '=', 'group')
    .where((where) =>
      where.or([
        where('members.away_since', '<=', minutes - spokenMinutes),
        where.and([where('members.away_since', '<=', minutes - quietMinutes), where.not(where.exists(spoken))]),
      ]),
    )
    .orderBy('members.away_since')
    .limit(mostAtOnce)
    .execute()
  for (const seat of lapsed)
    await db
      .updateTable('members')
      .set({ left_at: at })
      .where('room_id', '=', seat.roomId)
      .where('member_id', '=', seat.memberId)
      .execute()
  return lapsed
}

/** Whether they ever said anything in the room; deleted messages count. */
export const spoken = sql`(select 1 from messages
  where messages.room_id = members.room_id and messages.member_id = members.member_id)` as never
