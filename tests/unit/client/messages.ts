import type { Message } from '#shared/protocol/entities'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'

const author = { memberId: '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce' as MemberId, name: 'Ada' }

export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ClientKey

export const message = (seq: number, rev = seq): Message => ({
  roomId: 'ABC234' as RoomId,
  seq,
  rev,
  clientKey: uuid(seq),
  author,
  text: `${seq} at ${rev}`,
  sentAt: 0,
  pinned: false,
  reactions: [],
  attachments: [],
})
