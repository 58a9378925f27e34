import { sql } from 'kysely'
import type { Message } from '#shared/protocol/entities'
import type { RoomId } from '#shared/protocol/ids'
import { messageOf, type Integrity } from '../message-of'
import { pageOf } from '../operations/page-size'
import { prepared, rowsOf } from '../prepared'
import type { Executor, MessageRow } from '../schema'
import { readSearch, type SearchQuery } from '../search-query'
import type { Search, Store } from '../store'
import { lookClosely } from './close-look'
import { isCheap, longBeginning, looselyMatching, matching, saying, type Where } from './matching'
import { authorsNamed, idOf, idsAt, isWithin, latest, placesOf, type Place } from './search-places'
import { createSteps, noticingCost, type SearchBounds } from './search-steps'

type Hit = MessageRow & { id: number }

const lookedAtPerHit = 4
const mostAuthors = 200
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
export async function search(
  db: Executor,
  wanted: Search,
  integrity: Integrity,
  bounds: SearchBounds,
): ReturnType<Store['search']> {
  const { memberId, roomId, limit } = wanted
  const query = readSearch(wanted.query)
  const places = (await placesOf(db, memberId, roomId)).filter(isWithin(query))
  const rooms = places.map((place) => place.roomId)
  const named = query.from.length > 0 ? await authorsNamed(db, rooms, query.from) : undefined
  const authors = named?.slice(0, mostAuthors)
  if (rooms.length === 0 || authors?.length === 0 || !query.isAnswerable) return nothing

  const range = await rangeOf(db, places, query, wanted)
  const { rows, isTruncated } = await rowsMatching(db, query, { rooms, authors }, range, bounds)
  const { page, hasMore } = wholeTimes(rows, pageOf(rows, { limit }).page.length)
  const hits = page.map((row) => messageOf(row, integrity)).filter(isWhole)
  if (!isTruncated && named?.length === authors?.length) return { hits, hasMore }
  // Without a hit there is nothing to go on from.
  return { hits, hasMore: isTruncated ? hits.length > 0 : hasMore, truncated: true }
}

interface Range {
  ids: readonly [from: number, to: number]
  since: number
  until: number
  most: number
}

async function rangeOf(db: Executor, places: readonly Place[], query: SearchQuery, wanted: Search): Promise<Range> {
  const since = query.after ?? 0
  const lastId = await idOf(db, places, wanted.lastHit)
  const until = Math.min((lastId === undefined ? wanted.before : undefined) ?? latest, query.before ?? latest)
  const untilId = Math.min(lastId ?? latest, Math.max(...(await idsAt(db, places, until))))
  return { ids: [Math.min(...(await idsAt(db, places, since))), untilId], since, until, most: wanted.limit + 1 }
}

interface Matches {
  rows: readonly Hit[]
  isTruncated: boolean
}

async function rowsMatching(
  db: Executor,
  query: SearchQuery,
  where: Where,
  range: Range,
  bounds: SearchBounds,
): Promise<Matches> {
  const beginning = longBeginning(query)
  if (!isCheap(query) || (beginning !== undefined && bounds.costly.has(beginning)))
    return stepByStep(db, query, where, range, bounds)

  const anywhere = matching(query, { ...where, rooms: [] })
  const rows = await noticingCost(beginning, bounds, async () => {
    const near =
      where.rooms.length > 1 && anywhere !== '' ? await amongNewest(db, anywhere, where.rooms, range) : undefined
    const { ids, since, until, most } = range
    return near ?? rowsOf(db, newestMatches, [matching(query, where), ...ids, since, until, most])
  })
  return { rows, isTruncated: false }
}

/** The index names messages that may match, newest first, and each is looked at, until there are enough or time is up. */
async function stepByStep(
  db: Executor,
  query: SearchQuery,
  { rooms, ...where }: Where,
  { ids: [from, to], since, until, most }: Range,
  bounds: SearchBounds,
): Promise<Matches> {
  const [loosely, exactly] = [looselyMatching(query, { rooms, ...where }), saying(query)]
  const steps = createSteps(bounds)
  const rows: Hit[] = []
  for (let before = to; ;) {
    const size = steps.begin()
    const maybe = (await rowsOf(db, newestIds, [loosely, from, before, size])).map(({ rowid }) => rowid)
    const found = await lookClosely(db, maybe, exactly)
    const left = [since, until, most - rows.length]
    rows.push(...(await rowsOf(db, newestOf, [JSON.stringify(found), JSON.stringify(rooms), ...left])))
    if (maybe.length < size || rows.length >= most) return { rows, isTruncated: false }
    if (!steps.end()) return { rows, isTruncated: true }
    before = maybe.at(-1) ?? from
  }
}

/**
 * Whoever is in many rooms finds most of what is newest in theirs: looking at the newest of all rooms first spares the
 * index the rooms. Undefined when it does not suffice.
 */
async function amongNewest(db: Executor, words: string, rooms: readonly RoomId[], range: Range) {
  const { ids, since, until, most } = range
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
