import { expect, test } from 'vitest'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import type { MessageRow } from '../../../../src/server/store/schema'
import { createSeal, isIntact } from '../../../../src/server/store/seal'

const seal = createSeal(Buffer.alloc(32, 7))
const row: Omit<MessageRow, 'mac'> = {
  room_id: 'ABC234' as RoomId,
  seq: 3,
  rev: 5,
  prev_seq: 2,
  member_id: 'ada' as MemberId,
  client_key: 'key' as ClientKey,
  author_name: 'Ada',
  sent_at: 1_000,
  reply_to: null,
  text: 'tea',
  edited_at: null,
  deleted_at: null,
  pinned: 0,
  reactions: null,
  attachments: null,
}
const hex = (more: Partial<MessageRow> = {}) => Buffer.from(seal({ ...row, ...more })).toString('hex')

// Written down when they were the newest there was: what lies on disks must stay whole.
test('a row is sealed as it was before messages could change, and before they carried files', () => {
  expect(hex()).toBe('839793069146efd5c0be73e4d11bcd29')
  expect(hex({ edited_at: 2_000, pinned: 1, reactions: '[]' })).toBe('e2c8e77616f42deacaaa96dd2b543edd')
})

test('no file can be added to a row, taken from it or be another', () => {
  const seals = [{}, { attachments: '[]' }, { attachments: '[1]' }, { attachments: '[1]', pinned: 1 }, { pinned: 1 }]
  expect(new Set(seals.map(hex)).size).toBe(seals.length)
  expect(isIntact({ ...row, attachments: '[1]', mac: seal({ ...row, attachments: '[1]' }) }, seal)).toBe(true)
})
