import { randomBytes, randomUUID } from 'node:crypto'
import type { Input, Output } from '#shared/protocol/contract'
import type { Member, Message, Room } from '#shared/protocol/entities'
import type { MemberId, RoomId, SessionToken } from '#shared/protocol/ids'

/** The part of the job that is not fan-out, done the obvious way: no disk, no checks, no limits. */
export interface RoomInMemory {
  roomId: RoomId
  admit: (name: string) => Output<'create_room'>
  post: (author: Member, draft: Input<'send_message'>) => Message
}

export function createRoomInMemory(): RoomInMemory {
  const room: Room = {
    roomId: randomBytes(3).toString('hex').toUpperCase() as RoomId,
    kind: 'group',
    title: '',
    createdAt: Date.now(),
    rev: 0,
    retention: 'while_occupied',
  }
  const members: Member[] = []

  return {
    roomId: room.roomId,
    admit: (name) => {
      const you: Member = {
        memberId: randomUUID() as MemberId,
        name,
        online: true,
        role: members.length === 0 ? 'host' : 'member',
      }
      members.push(you)
      const session = randomBytes(32).toString('base64url') as SessionToken
      const told = { hasMoreMembers: false, directsFrom: 'everybody' as const, fileBytes: 0 }
      return { room, you, members, messages: [], reads: [], blocked: [], ...told, session }
    },
    post: ({ memberId, name }, { clientKey, text }) => {
      const seq = ++room.rev
      const author = { memberId, name }
      const said = { roomId: room.roomId, seq, rev: seq, clientKey, author, text, sentAt: Date.now() }
      return { ...said, pinned: false, reactions: [], attachments: [] }
    },
  }
}
