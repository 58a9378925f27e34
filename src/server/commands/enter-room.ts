import type { Output } from '#shared/protocol/contract'
import type { StoredMember, Told } from '../store/store'
import type { Caller, KnownPerson, Services } from './handler'
import { readOnEntry, withLate } from './page'

/** Takes part in a room the caller is a member of, and answers with what they need to know of it. */
export async function enterRoom(
  { told, person, since, known = [] }: Entering,
  caller: Caller,
  { store, files, rooms, readMarks }: Services,
): Promise<Output<'join_room'>> {
  const { room, you, reads, blocked, directsFrom } = told
  const { roomId } = room
  const { memberId, session } = person
  const entrance = await rooms.open(roomId)
  try {
    const read = await readOnEntry(store, { roomId, memberId, since })
    const { late, changed, ...here } = entrance.enter({ you, known, connection: caller.connection })
    caller.entered(roomId)
    const page = withLate(read, late)
    const rev = page.messages.reduce((most, message) => Math.max(most, message.rev), room.rev)
    const marks = readMarks.withUnsaved({ roomId, memberId }, reads)
    return {
      room: { ...room, ...changed, rev },
      ...here,
      ...page,
      reads: marks,
      blocked,
      directsFrom,
      fileBytes: files.mostBytes,
      session,
    }
  } finally {
    entrance.release()
  }
}

interface Entering {
  told: Told
  person: KnownPerson
  since: number | undefined
  /** Members the room may not have heard of yet. */
  known?: readonly StoredMember[]
}
