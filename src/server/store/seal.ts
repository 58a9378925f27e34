import { createHmac } from 'node:crypto'
import type { MessageRow } from './schema'

const sealBytes = 16

/** What a message row's checksum must be, under this database's key. */
export type Seal = (row: Omit<MessageRow, 'mac'>) => Uint8Array

// JSON keeps the fields apart: no two different rows are the same bytes.
export const createSeal =
  (key: Uint8Array): Seal =>
  (row) =>
    createHmac('sha256', key)
      .update(
        JSON.stringify([
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
        ]),
      )
      .digest()
      .subarray(0, sealBytes)

export function isIntact(row: MessageRow, seal: Seal): boolean {
  if (!(row.mac instanceof Uint8Array)) return false
  return Buffer.compare(row.mac, seal(row)) === 0
}
