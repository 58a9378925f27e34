import type { Message } from '#shared/protocol/entities'
import { mergeBySeq } from './merge-by-seq'

/** What lies beyond one end of a stretch. */
export type Edge = 'none' | 'more' | 'loading' | 'failed'

/** Messages of a room without a hole between them, in order of seq. `id` changes when others take their place. */
export interface Stretch {
  readonly id: number
  readonly messages: readonly Message[]
  readonly older: Edge
  readonly newer: Edge
}

export const emptyStretch: Stretch = { id: 0, messages: [], older: 'none', newer: 'none' }

/** Takes in what belongs here: changes of what it holds, and what follows where it has reached the newest. */
export function hear(stretch: Stretch, news: readonly Message[]): Stretch {
  const fitting = news.filter(({ seq }) => covers(stretch, seq))
  return fitting.length === 0 ? stretch : { ...stretch, messages: mergeBySeq(stretch.messages, fitting) }
}

/** Whether a message with this seq stands in the stretch or right at its open end. */
export function covers({ messages, older, newer }: Stretch, seq: number): boolean {
  const [first, last] = [messages[0], messages.at(-1)]
  if (!first || !last) return true
  return (older === 'none' || seq >= first.seq) && (newer === 'none' || seq <= last.seq)
}

/** The stretch with a page at one of its ends. */
export const extend = (stretch: Stretch, page: readonly Message[], edges: Partial<Stretch>): Stretch => ({
  ...stretch,
  ...edges,
  messages: mergeBySeq(stretch.messages, page),
})

/** An older stretch that has reached the newest one continues it; undefined while there may be a hole between them. */
export function join(away: Stretch, live: Stretch): Stretch | undefined {
  const [last, first] = [away.messages.at(-1), live.messages[0]]
  const touches = away.newer === 'none' || (last !== undefined && first !== undefined && last.seq >= first.seq)
  if (!touches) return undefined
  return { id: away.id, messages: mergeBySeq(away.messages, live.messages), older: away.older, newer: 'none' }
}

/** A stretch without so many of its oldest messages. */
export const withoutOldest = (stretch: Stretch, count: number): Stretch =>
  count < 1 ? stretch : { ...stretch, messages: stretch.messages.slice(count), older: 'more' }
