import { sql } from 'kysely'
import { Refusal } from '#shared/protocol/errors'
import type { Reaction } from '#shared/protocol/entities'
import { reactionOf } from '#shared/reaction-of'
import { limits } from '#shared/protocol/limits'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { rgiEmoji } from '../rgi-emoji'
import { isIntact } from '../seal'
import { plain, reactionsOf } from '../message-of'
import { onConnection, prepared, rowsOf } from '../prepared'
import type { Executor, MessageRow } from '../schema'
import type { MessageChange, Store } from '../store'
import type { Writing } from '../writing'
import { isHeard } from './blocking'
import { freeFiles, ofMessage } from './freeing'
import { requireMember } from './members'
import { requireRoom, requireStorable } from './rooms'

type Asked = Parameters<Store['changeMessage']>[0]
type Changes = Partial<Pick<MessageRow, 'text' | 'edited_at' | 'deleted_at' | 'pinned' | 'reactions' | 'attachments'>>

const roomId = '' as RoomId

const bySeq = prepared((db) => db.selectFrom('messages').selectAll().where('room_id', '=', roomId).where('seq', '=', 0))
const updateMessage = prepared((db) =>
  db
    .updateTable('messages')
    // Values and not nulls, which would be written into the query instead of bound.
    .set({
      rev: 0,
      text: '',
      edited_at: 0,
      deleted_at: 0,
      pinned: 0,
      reactions: '',
      attachments: '',
      mac: new Uint8Array(),
    })
    .where('room_id', '=', roomId)
    .where('seq', '=', 0),
)
const updateRev = prepared((db) => db.updateTable('rooms').set({ rev: 0 }).where('room_id', '=', roomId))

/** Everything is checked before anything is written; what changes nothing takes no rev. */
export async function changeMessage(db: Executor, asked: Asked, writing: Writing): ReturnType<Store['changeMessage']> {
  const { seal } = writing
  await requireMember(db, asked)
  const room = await requireRoom(db, asked.roomId)
  const [row] = await rowsOf(db, bySeq, [asked.roomId, asked.seq])
  if (!row) throw new Refusal('invalid_request', { field: 'seq' })
  // Sealed again, a row that is not what was written would pass for whole.
  if (!isIntact(row, seal)) throw new Refusal('conflict', { field: 'seq' })
  const changes = await changesOf(db, row, asked)
  if (!changes) return { message: plain(row, writing), isChanged: false }
  if (room.kind === 'direct' && asked.change.kind !== 'delete') await requireHearing(db, asked)

  const changed = { ...row, ...changes, rev: room.rev + 1 }
  const { rev, text, edited_at, deleted_at, pinned, reactions, attachments } = changed
  const values = [rev, text, edited_at, deleted_at, pinned, reactions, attachments, seal(changed)]
  await rowsOf(db, updateMessage, [...values, row.room_id, row.seq])
  await rowsOf(db, updateRev, [rev, row.room_id])
  if (row.attachments !== null && attachments === null) await freeFiles(db, ofMessage(row), writing)
  return { message: plain(changed, writing), isChanged: true }
}

async function requireHearing(db: Executor, asked: Asked): Promise<void> {
  if (!(await onConnection(db, (run) => isHeard(run, asked)))) throw new Refusal('forbidden')
}

const nothingLeft = { text: '', pinned: 0, reactions: null, attachments: null }

/** Undefined when it is so already. */
async function changesOf(db: Executor, row: MessageRow, { memberId, at, change }: Asked): Promise<Changes | undefined> {
  const isAuthors = change.kind === 'edit' || change.kind === 'delete'
  if (isAuthors && row.member_id !== memberId) throw new Refusal('forbidden')
  if (change.kind === 'delete') return row.deleted_at === null ? { ...nothingLeft, deleted_at: at } : undefined
  if (row.deleted_at !== null) throw new Refusal('conflict', { field: 'seq' })

  switch (change.kind) {
    case 'edit':
      return edited(row, change.text, at)
    case 'pin':
    case 'unpin':
      return await pinned(db, row, change.kind === 'pin')
    case 'react':
    case 'unreact':
      return reacted(row, change, memberId)
  }
}

function edited(row: MessageRow, text: string, at: number): Changes | undefined {
  requireStorable(text, 'text')
  return row.text === text ? undefined : { text, edited_at: at }
}

async function pinned(db: Executor, row: MessageRow, isPinned: boolean): Promise<Changes | undefined> {
  if ((row.pinned === 1) === isPinned) return undefined
  if (isPinned) await requireRoomForPin(db, row.room_id)
  return { pinned: isPinned ? 1 : 0 }
}

async function requireRoomForPin(db: Executor, room: RoomId): Promise<void> {
  const rows = await db
    .selectFrom('messages')
    .select('seq')
    .where('room_id', '=', room)
    .where('pinned', '=', sql.lit(1))
    .execute()
  if (rows.length >= limits.pinsPerRoom) throw new Refusal('too_large', { field: 'pinned' })
}

type Reacting = Extract<MessageChange, { emoji: string }>

function reacted(row: MessageRow, change: Reacting, memberId: MemberId): Changes | undefined {
  const earlier = reactionsOf(row)
  const known = reactionOf(earlier, change.emoji)
  const isThere = known?.memberIds.includes(memberId) ?? false
  if (isThere === (change.kind === 'react')) return undefined

  const emoji = known?.emoji ?? change.emoji
  const reactions = change.kind === 'react' ? withReaction(earlier, emoji, memberId) : without(earlier, emoji, memberId)
  return { reactions: reactions.length === 0 ? null : JSON.stringify(reactions) }
}

function withReaction(earlier: readonly Reaction[], emoji: string, memberId: MemberId): readonly Reaction[] {
  const known = earlier.find((reaction) => reaction.emoji === emoji)
  if (known && known.memberIds.length >= limits.reactionsPerEmoji) throw new Refusal('too_large', { field: 'emoji' })
  if (known)
    return earlier.map((one) => (one.emoji === emoji ? { emoji, memberIds: [...one.memberIds, memberId] } : one))
  const whole = rgiEmoji(emoji)
  if (whole === undefined) throw new Refusal('invalid_request', { field: 'emoji' })
  // What is everybody's is not for one to fill.
  const isFirst = earlier.filter(({ memberIds }) => memberIds[0] === memberId).length
  if (earlier.length >= limits.emojiPerMessage || isFirst >= limits.emojiPerMember)
    throw new Refusal('too_large', { field: 'emoji' })
  return [...earlier, { emoji: whole, memberIds: [memberId] }]
}

const without = (earlier: readonly Reaction[], emoji: string, memberId: MemberId): readonly Reaction[] =>
  earlier
    .map((one) => (one.emoji === emoji ? { emoji, memberIds: one.memberIds.filter((id) => id !== memberId) } : one))
    .filter(({ memberIds }) => memberIds.length > 0)
