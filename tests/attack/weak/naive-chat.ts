import { randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Socket } from 'socket.io'
import type { NaiveFiles } from './naive-files'
import { createNaiveRoom, post, tellAll, type Asked, type NaiveRoom } from './naive-room'
import { readNaively } from './naive-reading'

const segmenter = new Intl.Segmenter()

const mostFileBytes = 5_000_000_000
const mostDirects = 200
const mostEmoji = 20

interface Person {
  memberId: string
  name: string
  session: string
}

export function createNaiveChat(files: NaiveFiles) {
  const rooms = new Map<string, NaiveRoom>()
  const people = new Map<string, { person: Person; sockets: Set<Socket>; directs: number }>()
  const bySession = new Map<string, Person>()

  function roomOf({ roomId }: Asked): NaiveRoom {
    const found = rooms.get(String(roomId))
    if (!found) throw new Error('room_not_found')
    return found
  }

  function enter(into: NaiveRoom, person: Person, socket: Socket) {
    const { memberId, name } = person
    const you = { memberId, name, online: true, role: 'member' as const }
    if (!into.members.some((member) => member.memberId === memberId)) into.members.push(you)
    into.sockets.add(socket)
    socket.once('disconnect', () => into.sockets.delete(socket))
    tellAll(into, 'member_joined', { roomId: into.room.roomId, member: you })
    const [messages, about] = [into.messages.slice(-100), { reset: true, hasMore: false, fileBytes: 25_000_000 }]
    const { room, members } = into
    return { room, you, members, messages, reads: [], blocked: [], session: person.session, ...about }
  }

  function open(made: NaiveRoom): NaiveRoom {
    rooms.set(made.room.roomId, made)
    return made
  }

  function openDirect(person: Person, socket: Socket, { memberId }: Asked) {
    const other = people.get(String(memberId))
    const made = open(createNaiveRoom('direct'))
    if (other) {
      made.members.push({ ...other.person, online: true, role: 'member' })
      if (++other.directs <= mostDirects)
        for (const theirs of other.sockets) theirs.emit('direct_opened', { room: made.room })
    }
    return enter(made, person, socket)
  }

  function react({ messages }: NaiveRoom, { seq, emoji }: Asked) {
    const message = messages[Number(seq) - 1]
    const isNew = message?.reactions.every((reaction) => reaction.emoji !== emoji)
    if (isNew && message && message.reactions.length >= mostEmoji) throw new Error('too_large')
    if (isNew) message?.reactions.push({ emoji: String(emoji), memberIds: [] })
    return { message }
  }

  function act(name: string, asked: Asked, person: Person, socket: Socket): unknown {
    if (name === 'create_room') return enter(open(createNaiveRoom('group')), person, socket)
    if (name === 'join_room') return enter(roomOf(asked), person, socket)
    if (name === 'open_direct') return openDirect(person, socket, asked)
    if (name === 'search_messages')
      return readNaively(name, { messages: [...rooms.values()].flatMap((one) => one.messages) }, asked)
    if (name === 'block_member') return {}
    const room = roomOf(asked)
    if (name === 'send_message') return post(room, person, asked)
    if (name === 'react') return react(room, asked)
    if (name === 'add_file') return { isStored: !addFile(Number(asked['size'])) }
    if (name === 'open_file') return { path: `/files/${String(asked['fileId'])}`, expiresAt: Date.now() + 300_000 }
    if (name === 'pin_message')
      Object.assign(room.messages[Number(asked['seq']) - 1] ?? {}, { pinned: asked['pinned'] })
    else if (name.startsWith('fetch')) return readNaively(name, room, asked)
    else tellAll(room, 'room_changed', { room: room.room })
    return {}
  }

  /** Room is promised to whoever asks. */
  function addFile(size: number): true {
    if (files.bytes + size > mostFileBytes) throw new Error('storage_full')
    files.bytes += size
    return true
  }

  return {
    /** Everything is written down at once. */
    note: () =>
      writeFileSync(
        join(files.dir, 'state'),
        JSON.stringify([...rooms.values()].map(({ room, members }) => [room, members])),
      ),
    visitor(socket: Socket) {
      const { session } = socket.handshake.auth as { session?: string }
      const known = session === undefined ? undefined : bySession.get(session)
      const person = known ?? { memberId: randomUUID(), name: '', session: randomBytes(32).toString('base64url') }
      bySession.set(person.session, person)
      const seen = people.get(person.memberId) ?? { person, sockets: new Set(), directs: 0 }
      people.set(person.memberId, seen)
      seen.sockets.add(socket)
      socket.once('disconnect', () => seen.sockets.delete(socket))
      return {
        ask(name: string, asked: Asked): unknown {
          for (const text of Object.values(asked)) if (typeof text === 'string') Array.from(segmenter.segment(text))
          if (person.name === '' && typeof asked['name'] === 'string') person.name = asked['name']
          return act(name, asked, person, socket)
        },
      }
    },
  }
}
