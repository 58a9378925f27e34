import type { Message, Reaction } from '#shared/protocol/entities'
import type { Attachment } from '#shared/protocol/files'
import type { ClientKey, MemberId } from '#shared/protocol/ids'
import type { MessageRow } from './schema'
import { isIntact, type Seal } from './seal'

/** What reading and writing messages needs besides the database. */
export interface Integrity {
  seal: Seal
  /** A row that fails its checksum, or one that is gone from before `seq`. */
  onDamage: (damage: Damage) => void
  /** How long files are kept after they were sent; `Infinity` is for as long as their messages. */
  keepFilesMs: number
}
export type Damage = Pick<MessageRow, 'room_id' | 'seq'> & { kind: 'row_damaged' | 'row_missing' }

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const nobody = '00000000-0000-0000-0000-000000000000'

export function messageOf(row: MessageRow, integrity: Integrity): Message {
  if (isIntact(row, integrity.seal)) return plain(row, integrity)

  integrity.onDamage({ kind: 'row_damaged', room_id: row.room_id, seq: row.seq })
  return { ...plain(readable(row), integrity), text: '', damaged: true }
}

type Expiry = Pick<Integrity, 'keepFilesMs'>

export const plain = (row: Omit<MessageRow, 'mac' | 'prev_seq'>, expiry: Expiry): Message => ({
  roomId: row.room_id,
  seq: row.seq,
  rev: row.rev,
  clientKey: row.client_key,
  author: { memberId: row.member_id, name: row.author_name },
  text: row.text,
  ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
  sentAt: row.sent_at,
  ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
  ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
  pinned: row.pinned === 1,
  reactions: reactionsOf(row),
  attachments: attachmentsOf(row, expiry),
})

export const reactionsOf = ({ reactions }: Pick<MessageRow, 'reactions'>): Reaction[] =>
  reactions === null ? [] : (JSON.parse(reactions) as Reaction[])

function attachmentsOf(row: Pick<MessageRow, 'attachments' | 'sent_at'>, { keepFilesMs }: Expiry): Attachment[] {
  if (row.attachments === null) return []
  const attachments = JSON.parse(row.attachments) as Attachment[]
  if (keepFilesMs === Infinity) return attachments
  return attachments.map((attachment) => ({ ...attachment, expiresAt: row.sent_at + keepFilesMs }))
}

// Any column of a damaged row may hold anything, and one that is no message would fail the whole page it is on.
function readable(row: MessageRow): MessageRow {
  const id = (value: unknown) => (typeof value === 'string' && uuid.test(value) ? value : nobody)
  return {
    ...row,
    rev: Number.isSafeInteger(row.rev) ? row.rev : row.seq,
    client_key: id(row.client_key) as ClientKey,
    member_id: id(row.member_id) as MemberId,
    author_name: typeof row.author_name === 'string' ? row.author_name : '',
    reply_to: null,
    sent_at: Number.isSafeInteger(row.sent_at) ? row.sent_at : 0,
    edited_at: null,
    deleted_at: null,
    pinned: 0,
    reactions: null,
    attachments: null,
  }
}
