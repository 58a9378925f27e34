import type { CommandName } from '#shared/protocol/contract'
import { Refusal } from '#shared/protocol/errors'
import { RoomId, type MemberId } from '#shared/protocol/ids'
import * as v from 'valibot'
import type { Budgets } from '../budgets/budgets'
import type { TokenBuckets } from '../budgets/token-bucket'

interface Cost {
  of: keyof Budgets
  per: 'address' | 'member' | 'member_and_room'
  /** Everybody in the room is told: it takes one of the room's as well, or neither. */
  tellsRoom?: true
  /** What is refused is given back. */
  isGivenBack?: true
}

/** What each command takes from which budget. A command without a row does not compile. */
export const costs: { readonly [C in CommandName]: Cost } = {
  // A name that is not fit must not use up the rooms of an hour.
  create_room: { of: 'roomsCreated', per: 'address', isGivenBack: true },
  // Newcomers are the gate's business; who is known may read a page with every join.
  join_room: { of: 'joins', per: 'member' },
  // Coming and going is told to everybody in the room.
  leave_room: { of: 'leaves', per: 'member_and_room' },
  close_room: { of: 'roomChanges', per: 'member' },
  change_room: { of: 'roomChanges', per: 'member', tellsRoom: true },
  send_message: { of: 'messages', per: 'member', tellsRoom: true },
  edit_message: { of: 'messages', per: 'member', tellsRoom: true },
  delete_message: { of: 'messages', per: 'member', tellsRoom: true },
  pin_message: { of: 'messages', per: 'member', tellsRoom: true },
  react: { of: 'reactions', per: 'member', tellsRoom: true },
  unreact: { of: 'reactions', per: 'member', tellsRoom: true },
  open_direct: { of: 'messages', per: 'member' },
  set_directs: { of: 'messages', per: 'member' },
  block_member: { of: 'messages', per: 'member' },
  add_file: { of: 'files', per: 'member' },
  drop_file: { of: 'filesDropped', per: 'member' },
  open_file: { of: 'filesOpened', per: 'member' },
  fetch_history: { of: 'history', per: 'member' },
  fetch_around: { of: 'history', per: 'member' },
  fetch_newer: { of: 'history', per: 'member' },
  fetch_members: { of: 'history', per: 'member' },
  fetch_pinned: { of: 'history', per: 'member' },
  search_messages: { of: 'searches', per: 'member' },
  mark_read: { of: 'reads', per: 'member_and_room' },
  set_typing: { of: 'typing', per: 'member_and_room' },
}

/** Who asks, and of which room; empty where the code is none. */
export interface Payer {
  address: string
  memberId: MemberId | undefined
  roomId: string
}

/** Takes what a command costs and answers 0, or takes nothing and answers the milliseconds until it can be had. */
export function pay(name: CommandName, payer: Payer, budgets: Budgets): number {
  const { of, tellsRoom } = costs[name]
  const key = keyOf(name, payer)
  if (key === undefined) return 0
  const ownMs = budgets[of].take(key)
  if (ownMs > 0 || !tellsRoom) return ownMs
  const roomMs = budgets.roomMessages.take(payer.roomId)
  if (roomMs > 0) budgets[of].giveBack(key)
  return roomMs
}

/** Gives back what was paid for nothing, where that is how it is. */
export function giveBack(name: CommandName, payer: Payer, budgets: Budgets) {
  const key = keyOf(name, payer)
  if (costs[name].isGivenBack && key !== undefined) budgets[costs[name].of].giveBack(key)
}

function keyOf(name: CommandName, { address, memberId, roomId }: Payer): string | undefined {
  const { per } = costs[name]
  if (per === 'address') return address
  return per === 'member' || memberId === undefined ? memberId : `${memberId} ${roomId}`
}

/** The room a command is about, read before anything that costs more to read. */
export function roomOf(raw: unknown): string {
  const { roomId } = Object(raw) as { roomId?: unknown }
  const read = v.safeParse(RoomId, roomId)
  return read.success ? read.output : ''
}

/** Takes one from a budget, or refuses with the time until there is one. */
export function spend(budget: TokenBuckets, key: string) {
  const retryAfterMs = budget.take(key)
  if (retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs })
}
