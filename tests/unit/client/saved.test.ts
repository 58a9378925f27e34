import { expect, test } from 'vitest'
import type { ServerUrl } from '#shared/address'
import { openSaved } from '../../../src/client/saved'

const server = 'http://192.168.1.5:4545' as ServerUrl
const you = { memberId: '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce', name: 'Ada', online: true, role: 'host' }
const oldRoom = { roomId: 'ABC234', title: 'Engines', createdAt: 1, rev: 7, retention: 'forever' }

test('a room that was kept before there were direct conversations is a group', () => {
  const reported: unknown[] = []
  const kept: Readonly<Record<string, unknown>> = { rooms: [{ server, room: oldRoom, you, readSeq: 5 }] }
  const saved = openSaved({ read: (key) => kept[key], write: () => undefined }, (error) => reported.push(error))

  expect(saved.rooms()).toEqual([
    { server, room: { ...oldRoom, kind: 'group' }, you, readSeq: 5, fileBytes: Number.MAX_SAFE_INTEGER },
  ])
  expect(reported).toEqual([])
})
