import { sql } from 'kysely'
import type { Message } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { messageOf, type Integrity } from '../message-of'
import { pageOf } from '../operations/page-size'
import { prepared, rowsOf } from '../prepared'
import type { Executor, MessageRow } from '../schema'
import { isNamed, readSearch, type SearchQuery } from '../search-query'
import type { Search, Store } from '../store'

type Hit = MessageRow & { id: number }

type Place = { roomId: RoomId; title: string; lastSeq: number }

const latest = Number.MAX_SAFE_INTEGER
const lookedAtPerHit = 4
const nothing = { hits: [], hasMore: false }

const newestMatches = prepared((db) =>
  db
    .selectFrom('messages')
    .innerJoin(sql<{ rowid: number }>`message_words`.as('words'), 'words.rowid', 'messages.id')
    .selectAll('messages')
    .where(sql<boolean>`words.message_words match ${''}`)
    .where('words.rowid', '>=', 0)
    .where('words.rowid', '<', 0)
    .where('messages.sent_at', '>=', 0)
    .where('messages.sent_at', '<', 0)
    .orderBy('words.rowid', 'desc')
    .limit(0),
)

const newestIds = prepared((db) =>
  db
    .selectFrom(sql<{ rowid: number }>`message_words`.as('words'))
    .select('words.rowid')
    .where(sql<boolean>`words.message_words match ${''}`)
    .where('words.rowid', '>=', 0)
    .where('words.rowid', '<', 0)
    .orderBy('words.rowid', 'desc')
    .limit(0),
)
const newestOf = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where(sql<boolean>`id in (select value from json_each(${''}))`)
    .where(sql<boolean>`room_id in (select value from json_each(${''}))`)
    .where('sent_at', '>=', 0)
    .where('sent_at', '<', 0)
    .orderBy('id', 'desc')
    .limit(0),
)

/** By the index of words, which also knows the room and author of each message: nothing else is read but the hits. */
export async function search(db: Executor, wanted: Search, integrity: Integrity): ReturnType<Store['search']> {
  const { memberId, roomId, limit } = wanted
  const query = readSearch(wanted.query)
  const places = (await placesOf(db, memberId, roomId)).filter(isWithin(query))
  const rooms = places.map((place) => place.roomId)
  const authors = query.from.length > 0 ? await authorsNamed(db, rooms, query.from) : undefined
  if (rooms.length === 0 || authors?.length === 0 || !query.isAnswerable) return nothing

  const since = query.after ?? 0
  const lastId = await idOf(db, places, wanted.lastHit)
  const until = Math.min((lastId === undefined ? wanted.before : undefined) ?? latest, query.before ?? latest)
  const untilId = Math.min(lastId ?? latest, Math.max(...(await idsAt(db, places, until))))
  const ids = [Math.min(...(await idsAt(db, places, since))), untilId] as const
  const bounds = { ids, since, until, most: limit + 1 }
  const anywhere = matching(query, [], authors)
  const near = rooms.length > 1 && anywhere !== '' ? await amongNewest(db, anywhere, rooms, bounds) : undefined
  const rows =
    near ?? (await rowsOf(db, newestMatches, [matching(query, rooms, authors), ...ids, since, until, limit + 1]))
  const { page, hasMore } = wholeTimes(rows, pageOf(rows, { limit }).page.length)
  return { hits: page.map((row) => messageOf(row, integrity)).filter(isWhole), hasMore }
}

interface Bounds {
  ids: readonly [from: number, to: number]
  since: number
  until: number
  most: number
}

/**
 * Whoever is in many rooms finds most of what is newest in theirs: looking at the newest of all rooms first spares the
 * index the rooms. Undefined when it does not suffice.
 */
async function amongNewest(db: Executor, words: string, rooms: readonly RoomId[], bounds: Bounds) {
  const { ids, since, until, most } = bounds
  const looked = most * lookedAtPerHit
  const found = (await rowsOf(db, newestIds, [words, ...ids, looked])).map(({ rowid }) => rowid)
  const rows = await rowsOf(db, newestOf, [JSON.stringify(found), JSON.stringify(rooms), since, until, most])
  return rows.length === most || found.length < looked ? rows : undefined
}

const isWhole = ({ damaged }: Message) => damaged !== true

/** For who has the next page begin below a time: messages of one time must not be divided between pages. */
function wholeTimes(rows: readonly Hit[], limit: number): { page: readonly Hit[]; hasMore: boolean } {
  const next = rows[limit]
  if (!next) return { page: rows, hasMore: false }
  const page = rows.slice(0, limit)
  const whole = page.slice(0, page.findLastIndex(({ sent_at }) => sent_at !== next.sent_at) + 1)
  return { page: whole.length > 0 ? whole : page, hasMore: true }
}

const placesOfMember = prepared((db) =>
  db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.room_id', 'members.room_id')
    .select(['rooms.room_id', 'rooms.title', 'rooms.last_seq'])
    .where('member_id', '=', '' as MemberId)
    .where('left_at', 'is', null),
)

async function placesOf(db: Executor, memberId: MemberId, only: RoomId | undefined): Promise<Place[]> {
  return (await rowsOf(db, placesOfMember, [memberId]))
    .filter(({ room_id }) => only === undefined || room_id === only)
    .map(({ room_id, title, last_seq }) => ({ roomId: room_id, title, lastSeq: last_seq }))
}

const isWithin =
  ({ within }: SearchQuery) =>
  ({ title }: Place): boolean =>
    within.length === 0 || within.some((wanted) => isNamed(title, wanted))

/** Those who left are still the authors of what they said. */
async function authorsNamed(
  db: Executor,
  rooms: readonly RoomId[],
  wanted: readonly string[],
): Promise<readonly MemberId[]> {
  const rows = await db.selectFrom('members').select(['member_id', 'name']).where('room_id', 'in', rooms).execute()
  const named = rows.filter(({ name }) => wanted.some((one) => isNamed(name, one)))
  return [...new Set(named.map(({ member_id }) => member_id))]
}

/** Every word in quotes: nothing that was typed is syntax. https://sqlite.org/fts5.html#full_text_query_syntax */
function matching(
  { words, hasFile }: SearchQuery,
  rooms: readonly RoomId[],
  authors: readonly MemberId[] | undefined,
): string {
  const last = words.length - 1
  const texts = words.map((word, index) => `{text file_names} : ${quoted(word)}${index === last ? ' *' : ''}`)
  const from = authors ? [`member_id : (${authors.map((id) => quoted(id.replaceAll('-', ''))).join(' OR ')})`] : []
  const has = hasFile ? ['has : file'] : []
  const inRooms = rooms.length > 0 ? [`room_id : (${rooms.map(quoted).join(' OR ')})`] : []
  return [...texts, ...from, ...has, ...inRooms].join(' AND ')
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

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
async function idOf(db: Executor, places: readonly Place[], hit: Search['lastHit']): Promise<number | undefined> {
  if (!hit || !places.some(({ roomId }) => roomId === hit.roomId)) return undefined
  const [row] = await rowsOf(db, fromSeq, [hit.roomId, hit.seq, 1])
  return row?.seq === hit.seq ? row.id : undefined
}

/** Where a time begins, stretch by stretch: only there do ids follow the clock, whatever is done to it. */
async function idsAt(db: Executor, places: readonly Place[], at: number): Promise<number[]> {
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
