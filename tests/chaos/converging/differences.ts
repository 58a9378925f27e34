import { isDeepStrictEqual } from 'node:util'
import type { Output } from '#shared/protocol/contract'
import type { Message } from '#shared/protocol/entities'
import type { Member } from './member'

export type Truth = Output<'join_room'>

/** In words, how somebody's room differs from the server's; nothing when it is the same. */
export function differences(member: Member, truth: Truth): readonly string[] {
  const room = member.room()
  if (!room) return [`${member.name} is not in the room`]
  const { memberId } = room.you
  const others = truth.reads.filter((mark) => mark.memberId !== memberId)
  const compared: Readonly<Record<string, readonly [unknown, unknown]>> = {
    'in the log': [room.messages, truth.messages],
    'on screen': [member.shown(), truth.messages],
    'the people': [sorted(room.members), sorted(truth.members)],
    'the read marks': [sorted(room.reads), sorted(others)],
    unsent: [room.pending, []],
    unchanged: [room.pendingChanges, []],
  }
  return Object.entries(compared)
    .filter(([, [one, other]]) => !isDeepStrictEqual(one, other))
    .map(([what, [one, other]]) => `${member.name}, ${what}: ${firstOff(one, other)}`)
}

const sorted = <One extends { memberId: string }>(all: readonly One[]): readonly One[] =>
  all.toSorted((a, b) => a.memberId.localeCompare(b.memberId))

function firstOff(one: unknown, other: unknown): string {
  const [mine, theirs] = [one, other].map((all) => all as readonly Partial<Message>[])
  const at = [...(mine ?? []), ...(theirs ?? [])].findIndex(
    (_, index) => !isDeepStrictEqual(mine?.[index], theirs?.[index]),
  )
  return `${JSON.stringify(mine?.[at])} and on the server ${JSON.stringify(theirs?.[at])}`
}
