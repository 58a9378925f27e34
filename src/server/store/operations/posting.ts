import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { RoomKind } from '#shared/protocol/entities'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { messageOf, plain, type Integrity } from '../message-of'
import { onConnection, prepared, type Run } from '../prepared'
import type { Executor, MessageRow } from '../schema'
import type { Appended, NewMessage } from '../store'
import { attachAll, carriesSame, readAttachments } from './attaching'
import { isHeard } from './blocking'
import { reopen } from './direct'
import { requireStorable } from './rooms'

type Answer = Appended
type Posted = Omit<MessageRow, 'mac' | 'edited_at' | 'deleted_at' | 'pinned' | 'reactions'>
/** A room as the messages of one transaction see it: read once, counted up in memory, written back once. */
interface OpenRoom {
  kind: RoomKind
  createdAt: number
  /** The two of a direct room. */
  pair: readonly MemberId[]
  rev: number
  lastSeq: number
  lastSentAt: number
  authors: Map<MemberId, Author>
}
interface Author {
  name: string
  /** In a room of two: the other one has not blocked them. */
  isHeard: boolean
}
type OpenRooms = Map<RoomId, OpenRoom>

const roomId = '' as RoomId
const memberId = '' as MemberId
const clientKey = '' as ClientKey

const roomWithLast = prepared((db) =>
  db
    .selectFrom('rooms')
    .leftJoin('messages', (join) =>
      join.onRef('messages.room_id', '=', 'rooms.room_id').onRef('messages.seq', '=', 'rooms.last_seq'),
    )
    .select(['rooms.kind', 'rooms.rev', 'rooms.last_seq', 'rooms.created_at', 'rooms.direct_pair', 'messages.sent_at'])
    .where('rooms.room_id', '=', roomId)
    .where('rooms.closed', '=', sql.lit(0)),
)
const currentName = prepared((db) =>
  db
    .selectFrom('members')
    .select('name')
    .where('room_id', '=', roomId)
    .where('member_id', '=', memberId)
    .where('left_at', 'is', null),
)
const bySeq = prepared((db) =>
  db.selectFrom('messages').select('seq').where('room_id', '=', roomId).where('seq', '=', 0),
)
const byClientKey = prepared((db) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('member_id', '=', memberId)
    .where('client_key', '=', clientKey),
)
const insertMessage = prepared((db) =>
  db
    .insertInto('messages')
    .values({
      room_id: roomId,
      seq: 0,
      rev: 0,
      client_key: clientKey,
      member_id: memberId,
      author_name: '',
      text: '',
      // A value and not null, which would be written into the query instead of bound.
      reply_to: 0,
      sent_at: 0,
      prev_seq: 0,
      attachments: '',
      mac: new Uint8Array(),
    })
    .onConflict((conflict) => conflict.columns(['room_id', 'member_id', 'client_key']).doNothing()),
)
const insertStep = prepared((db) => db.insertInto('clock_steps').values({ room_id: roomId, seq: 0 }))
const updateRoom = prepared((db) => db.updateTable('rooms').set({ rev: 0, last_seq: 0 }).where('room_id', '=', roomId))

/** Posts in the order given. Each answer is what was posted or why not; nothing of a refused one is written. */
export const appendAll = (
  db: Executor,
  drafts: readonly NewMessage[],
  integrity: Integrity,
): Promise<(Answer | Refusal)[]> =>
  onConnection(db, async (run) => {
    const rooms: OpenRooms = new Map()
    const answers: (Answer | Refusal)[] = []
    for (const draft of drafts) answers.push(await append(run, draft, rooms, integrity))

    for (const [id, room] of rooms) await run(updateRoom, [room.rev, room.lastSeq, id])
    return answers
  })

async function append(run: Run, draft: NewMessage, rooms: OpenRooms, integrity: Integrity): Promise<Answer | Refusal> {
  try {
    const room = rooms.get(draft.roomId) ?? (await openRoom(run, draft.roomId, rooms))
    const author = room.authors.get(draft.memberId) ?? (await authorIn(run, room, draft))
    requireStorable(draft.text, 'text')
    if (draft.replyTo !== undefined) await requireEarlier(run, draft.roomId, draft.replyTo)

    // What was said before the other one blocked its author was said all the same.
    if (!author.isHeard && !(await wasPosted(run, draft))) throw new Refusal('forbidden')
    // Sent again, its files are its own already and would be refused.
    if (draft.attachments && (await wasPosted(run, draft))) return await retried(run, draft, integrity)

    const posted = { ...nextRow(room, draft, author.name), attachments: await readAttachments(run, draft) }
    const row = { ...posted, edited_at: null, deleted_at: null, pinned: 0, reactions: null }
    const { numAffectedRows } = await run(insertMessage, [...Object.values(posted), integrity.seal(row)])
    if (numAffectedRows === 0n) return await retried(run, draft, integrity)
    if (row.attachments !== null) await attachAll(run, row)

    if (row.sent_at < room.lastSentAt) await run(insertStep, [row.room_id, row.seq])
    room.rev = row.rev
    room.lastSeq = row.seq
    room.lastSentAt = row.sent_at
    const message = plain(row, integrity)
    if (room.kind !== 'direct') return { message, isNew: true }
    const reopened = await reopen(run, row)
    return { message, isNew: true, direct: directOf(room, row), ...(reopened && { reopened }) }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The conversation as it is told of, and whom it is with. */
const directOf = (
  { pair, createdAt }: OpenRoom,
  { room_id: id, rev, member_id: author }: Posted,
): NonNullable<Appended['direct']> => ({
  room: { roomId: id, kind: 'direct', title: '', createdAt, rev, retention: 'forever' },
  otherId: pair.find((one) => one !== author) ?? author,
})

async function openRoom(run: Run, id: RoomId, rooms: OpenRooms): Promise<OpenRoom> {
  const [row] = (await run(roomWithLast, [id])).rows
  if (!row) throw new Refusal('room_not_found')
  const { kind, rev, last_seq: lastSeq, created_at: createdAt, direct_pair, sent_at } = row
  const pair = (direct_pair?.split(' ') ?? []) as MemberId[]
  const room = { kind, createdAt, pair, rev, lastSeq, lastSentAt: sent_at ?? 0, authors: new Map() }
  rooms.set(id, room)
  return room
}

async function authorIn(run: Run, { kind, authors }: OpenRoom, draft: NewMessage): Promise<Author> {
  const [row] = (await run(currentName, [draft.roomId, draft.memberId])).rows
  if (!row) throw new Refusal('not_a_member')
  const author = { name: row.name, isHeard: kind === 'group' || (await isHeard(run, draft)) }
  authors.set(draft.memberId, author)
  return author
}

async function requireEarlier(run: Run, room: RoomId, seq: number): Promise<void> {
  const { rows } = await run(bySeq, [room, seq])
  if (rows.length === 0) throw new Refusal('invalid_request', { field: 'replyTo' })
}

/** In the order `insertMessage` binds; attachments follow. */
const nextRow = (room: OpenRoom, draft: NewMessage, authorName: string): Omit<Posted, 'attachments'> => ({
  room_id: draft.roomId,
  seq: room.rev + 1,
  rev: room.rev + 1,
  client_key: draft.clientKey,
  member_id: draft.memberId,
  author_name: authorName,
  text: draft.text,
  reply_to: draft.replyTo ?? null,
  // A clock that is kept right must not turn a conversation around; one that was set right must not stay wrong.
  sent_at: isSetBack(draft, room) ? draft.sentAt : Math.max(draft.sentAt, room.lastSentAt),
  prev_seq: room.lastSeq,
})

const isSetBack = ({ sentAt }: Pick<NewMessage, 'sentAt'>, { lastSentAt }: OpenRoom): boolean =>
  lastSentAt - sentAt > limits.hiddenClockStepMs

const wasPosted = async (run: Run, { roomId: room, memberId: author, clientKey: key }: NewMessage): Promise<boolean> =>
  (await run(byClientKey, [room, author, key])).rows.length > 0

// A client that lost our answer sends again: the retry must not become a second message.
async function retried(run: Run, draft: NewMessage, integrity: Integrity): Promise<Answer> {
  const [row] = (await run(byClientKey, [draft.roomId, draft.memberId, draft.clientKey])).rows
  if (!row) throw new Error('a message conflicts with a row that is not there')

  const message = messageOf(row, integrity)
  // What it said at first is gone with its first change.
  const isSame = row.text === draft.text || row.edited_at !== null || row.deleted_at !== null
  const hasSame = row.deleted_at !== null || (!message.damaged && carriesSame(row, draft))
  if (!message.damaged && !(isSame && hasSame && row.reply_to === (draft.replyTo ?? null)))
    throw new Refusal('conflict', { field: 'clientKey' })
  return { message, isNew: false }
}
