import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { Seats } from '../store'
import { spoken, uptime } from './lapsing'

const roomId = '' as RoomId

const memberAt = prepared((db) =>
  db
    .selectFrom('members')
    .select('member_id')
    .where('room_id', '=', roomId)
    .where('left_at', 'is', null)
    .limit(1)
    .offset(0),
)
const longestGone = (onlyQuiet: boolean) =>
  prepared((db) =>
    db
      .selectFrom('members')
      .select('member_id')
      .where('room_id', '=', roomId)
      .where('left_at', 'is', null)
      .where('away_since', '<=', 0)
      .where('role', '=', sql.lit('member'))
      .where((where) => (onlyQuiet ? where.not(where.exists(spoken)) : where.lit(true)))
      .orderBy('away_since')
      .limit(1),
  )
const longestGoneQuiet = longestGone(true)
const longestGoneOfAll = longestGone(false)

/**
 * Who gives their place to a newcomer, if somebody must; refuses `room_full` when nobody can. Throwaway members who never
 * said anything go first and soon, so that nobody can fill a room with them for good.
 */
export async function placeFor(db: Executor, room: RoomId, seats: Seats): Promise<MemberId | undefined> {
  if (seats.most === Infinity) return undefined
  const [last] = await rowsOf(db, memberAt, [room, 1, seats.most - 1])
  if (!last) return undefined

  const minutes = await uptime(db)
  const [quiet] = await rowsOf(db, longestGoneQuiet, [room, minutes - seats.quietGoneMinutes, 1])
  const [gone] = quiet ? [quiet] : await rowsOf(db, longestGoneOfAll, [room, minutes - seats.goneMinutes, 1])
  if (!gone) throw new Refusal('room_full')
  return gone.member_id
}
