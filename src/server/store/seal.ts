import { createHmac } from 'node:crypto'
import type { MessageRow } from './schema'

const sealBytes = 16

/** What a message row's checksum must be, under this database's key. */
export type Seal = (row: Sealed) => Uint8Array
type Sealed = Omit<MessageRow, 'mac'>

// JSON keeps the fields apart: no two different rows are the same bytes. What a change may set is there only once it
// is set, so rows sealed before messages could change or carry files are still what their checksum says.
export const createSeal =
  (key: Uint8Array): Seal =>
  (row) =>
    createHmac('sha256', key)
      .update(JSON.stringify(sealed(row)))
      .digest()
      .subarray(0, sealBytes)

function sealed(row: Sealed): unknown[] {
  if (row.attachments !== null) return [...posted(row), ...changed(row), row.attachments]
  return isUntouched(row) ? posted(row) : [...posted(row), ...changed(row)]
}

const posted = (row: Sealed) => [
  row.room_id,
  row.seq,
  row.rev,
  row.prev_seq,
  row.member_id,
  row.client_key,
  row.author_name,
  row.sent_at,
  row.reply_to,
  row.text,
]

const changed = (row: Sealed) => [row.edited_at, row.deleted_at, row.pinned, row.reactions]

const isUntouched = (row: Sealed) =>
  row.edited_at === null && row.deleted_at === null && row.pinned === 0 && row.reactions === null

export function isIntact(row: MessageRow, seal: Seal): boolean {
  if (!(row.mac instanceof Uint8Array)) return false
  return Buffer.compare(row.mac, seal(row)) === 0
}
