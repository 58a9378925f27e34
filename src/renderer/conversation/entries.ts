import type { PendingMessage } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Notice } from './condense-notices'

/** The top of the list: the room's beginning, or the way to older messages. */
export interface Top {
  readonly kind: 'start' | 'older'
}
export interface Pending {
  readonly kind: 'pending'
  readonly pending: PendingMessage
}
/** The end of a stretch that does not reach the newest message. */
export interface Bottom {
  readonly kind: 'newer'
}
/** One row of a conversation. Messages stand as they are: a room may hold 100,000. */
export type Entry = Message | Notice | Pending | Top | Bottom

export const isMessage = (entry: Entry | undefined): entry is Message => entry !== undefined && 'seq' in entry

interface Conversation {
  messages: readonly Message[]
  notices: readonly Notice[]
  pending: readonly PendingMessage[]
  hasOlder: boolean
  hasNewer: boolean
  you: MemberId
}

/** Everything a room shows, in order: its top, messages with the notices between them, then what waits to be sent. */
export function entriesOf({ messages, notices, pending, hasOlder, hasNewer, you }: Conversation): readonly Entry[] {
  const entries: Entry[] = [{ kind: hasOlder ? 'older' : 'start' }]
  let from = 0
  const last = hasNewer ? (messages.at(-1)?.seq ?? 0) : Infinity
  for (const notice of notices) {
    if (notice.afterSeq >= last) break
    const until = countUpTo(messages, notice.afterSeq)
    for (let index = from; index < until; index++) entries.push(messages[index] as Message)
    entries.push(notice)
    from = Math.max(from, until)
  }
  for (let index = from; index < messages.length; index++) entries.push(messages[index] as Message)

  if (hasNewer) return [...entries, { kind: 'newer' }]

  const delivered = recentKeysOf(messages, you)
  for (const one of pending) if (!delivered.has(one.clientKey)) entries.push({ kind: 'pending', pending: one })
  return entries
}

/** Stays the same when a pending message becomes a posted one, so that its row is kept. */
export function entryKey(entry: Entry, you: MemberId): string {
  if (isMessage(entry)) return `${entry.author.memberId} ${entry.clientKey}`
  if (entry.kind === 'pending') return `${you} ${entry.pending.clientKey}`
  return entry.kind === 'notice' ? entry.id : entry.kind === 'newer' ? 'bottom' : 'top'
}

/** Whether `now` is `before` with older messages put in front and nothing else changed. */
export function isPrepended(before: readonly Entry[], now: readonly Entry[]): boolean {
  const [wasFirst, isFirst] = [before.find(isMessage), now.find(isMessage)]
  if (!wasFirst || !isFirst) return false
  return isFirst.seq < wasFirst.seq && now.length > before.length
}

const recent = 200

function recentKeysOf(messages: readonly Message[], you: MemberId): ReadonlySet<string> {
  const own = messages.slice(-recent).filter(({ author }) => author.memberId === you)
  return new Set(own.map(({ clientKey }) => clientKey))
}

function countUpTo(messages: readonly Message[], seq: number): number {
  let [low, high] = [0, messages.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((messages[middle]?.seq ?? Infinity) <= seq) low = middle + 1
    else high = middle
  }
  return low
}
