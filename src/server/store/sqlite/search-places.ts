import type { MemberId, RoomId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import { isNamed, type SearchQuery } from '../search-query'
import type { Search } from '../store'

/** A room that somebody searches. */
export interface Place {
  roomId: RoomId
  title: string
  lastSeq: number
}

export const latest = Number.MAX_SAFE_INTEGER

const placesOfMember = prepared((db) =>
  db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.room_id', 'members.room_id')
    .select(['rooms.room_id', 'rooms.title', 'rooms.last_seq'])
    .where('member_id', '=', '' as MemberId)
    .where('left_at', 'is', null),
)

export async function placesOf(db: Executor, memberId: MemberId, only: RoomId | undefined): Promise<Place[]> {
  return (await rowsOf(db, placesOfMember, [memberId]))
    .filter(({ room_id }) => only === undefined || room_id === only)
    .map(({ room_id, title, last_seq }) => ({ roomId: room_id, title, lastSeq: last_seq }))
}

export const isWithin =
  ({ within }: SearchQuery) =>
  ({ title }: Place): boolean =>
    within.length === 0 || within.some((wanted) => isNamed(title, wanted))

/** Those who left are still the authors of what they said. */
export async function authorsNamed(
  db: Executor,
  rooms: readonly RoomId[],
  wanted: readonly string[],
): Promise<readonly MemberId[]> {
  const rows = await db.selectFrom('members').select(['member_id', 'name']).where('room_id', 'in', rooms).execute()
  const named = rows.filter(({ name }) => wanted.some((one) => isNamed(name, one)))
  return [...new Set(named.map(({ member_id }) => member_id))]
}

const fromSeq = prepared((db) =>
  db
    .selectFrom('messages')
    .select(['id', 'seq', 'sent_at'])
    .where('room_id', '=', '' as RoomId)
    .where('seq', '>=', 0)
    .orderBy('seq')
    .limit(0),
)

/** In the order of hits, unless it is nowhere where somebody searches. */
export async function idOf(
  db: Executor,
  places: readonly Place[],
  hit: Search['lastHit'],
): Promise<number | undefined> {
  if (!hit || !places.some(({ roomId }) => roomId === hit.roomId)) return undefined
  const [row] = await rowsOf(db, fromSeq, [hit.roomId, hit.seq, 1])
  return row?.seq === hit.seq ? row.id : undefined
}

/** Where a time begins, stretch by stretch: only there do ids follow the clock, whatever is done to it. */
export async function idsAt(db: Executor, places: readonly Place[], at: number): Promise<number[]> {
  if (at <= 0 || at >= latest) return [at]
  const ids: number[] = []
  for (const place of places)
    for (const stretch of await stretchesOf(db, place)) ids.push(await firstIdAt(db, stretch, at))
  return ids
}

interface Stretch extends Place {
  firstSeq: number
}

const stepsIn = prepared((db) =>
  db
    .selectFrom('clock_steps')
    .select('seq')
    .where('room_id', '=', '' as RoomId)
    .orderBy('seq'),
)

/** A room, cut where the clock was set back. */
async function stretchesOf(db: Executor, place: Place): Promise<Stretch[]> {
  const starts = [1, ...(await rowsOf(db, stepsIn, [place.roomId])).map(({ seq }) => seq)]
  return starts.map((firstSeq, index) => ({
    ...place,
    firstSeq,
    lastSeq: (starts[index + 1] ?? place.lastSeq + 1) - 1,
  }))
}

/** The first message of a stretch not sent before a time, found by halving. */
async function firstIdAt(db: Executor, { roomId, firstSeq, lastSeq }: Stretch, at: number): Promise<number> {
  let [start, end, id] = [firstSeq, lastSeq + 1, latest]
  while (start < end) {
    const middle = Math.floor((start + end) / 2)
    const [row] = await rowsOf(db, fromSeq, [roomId, middle, 1])
    // Not every seq is a message: this one may be of the next stretch, whose times say nothing here.
    if (row && row.seq <= lastSeq && row.sent_at < at) start = row.seq + 1
    else [end, id] = [middle, row?.id ?? id]
  }
  return id
}
