import type { MemberId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { isMessage, type Entry } from './entries'

const groupWithinMs = 5 * 60_000

/** How one row stands among its neighbours. */
export interface Placement {
  /** A time of the day that is announced above this row. */
  startsDay?: number
  /** The host's clock was set back since the message before. */
  followsCorrection?: true
  /** First of a group: shows avatar, name and time. */
  isHead: boolean
  isTail: boolean
  isOwn: boolean
  /** The first message of others since this person last looked. */
  isFirstNew: boolean
}

export interface Reader {
  you: MemberId
  /** Where the person had read to when they began to look; infinite when that is of no interest. */
  readUntil: number
}

/** Rows of one author within five minutes form a group; a day, a notice or the unread line begins a new one. */
export function placementOf(entries: readonly Entry[], index: number, reader: Reader): Placement {
  const at = writtenAt(entries[index])
  const isOwn = authorOf(entries[index], reader.you) === reader.you
  const isHead = startsGroup(entries, index, reader)
  const isTail = startsGroup(entries, index + 1, reader)
  const isFirstNew = isFirstAfterRead(entries, index, reader)
  const place = { isHead, isTail, isOwn, isFirstNew, ...(followsCorrection(entries, index) && correction) }
  return at === undefined || !startsDay(entries, index, at) ? place : { startsDay: at, ...place }
}

const correction = { followsCorrection: true } as const

/** When a row was written; undefined for rows that nobody wrote. */
export function writtenAt(entry: Entry | undefined): number | undefined {
  if (isMessage(entry)) return entry.sentAt
  return entry?.kind === 'pending' ? entry.pending.writtenAt : undefined
}

function authorOf(entry: Entry | undefined, you: MemberId): MemberId | undefined {
  if (isMessage(entry)) return entry.author.memberId
  return entry?.kind === 'pending' ? you : undefined
}

/** A damaged message says nothing of when it was sent. */
function followsCorrection(entries: readonly Entry[], index: number): boolean {
  const entry = entries[index]
  if (!isMessage(entry) || entry.damaged) return false
  for (let before = index - 1; before >= 0; before--) {
    const earlier = entries[before]
    if (isMessage(earlier) && !earlier.damaged) return earlier.sentAt - entry.sentAt > limits.hiddenClockStepMs
  }
  return false
}

function startsGroup(entries: readonly Entry[], index: number, reader: Reader): boolean {
  const [entry, previous] = [entries[index], entries[index - 1]]
  const [at, before] = [writtenAt(entry), writtenAt(previous)]
  if (at === undefined || before === undefined) return true
  if (authorOf(entry, reader.you) !== authorOf(previous, reader.you)) return true
  if (followsCorrection(entries, index)) return true
  return at - before > groupWithinMs || !isSameDay(before, at) || isFirstAfterRead(entries, index, reader)
}

function isFirstAfterRead(entries: readonly Entry[], index: number, { you, readUntil }: Reader): boolean {
  const entry = entries[index]
  if (!isMessage(entry) || entry.seq <= readUntil || entry.author.memberId === you) return false
  for (let before = index - 1; before >= 0; before--) {
    const earlier = entries[before]
    if (isMessage(earlier) && earlier.author.memberId !== you) return earlier.seq <= readUntil
  }
  return true
}

function startsDay(entries: readonly Entry[], index: number, at: number): boolean {
  for (let before = index - 1; before >= 0; before--) {
    const earlier = writtenAt(entries[before])
    if (earlier !== undefined) return !isSameDay(earlier, at)
  }
  return true
}

function isSameDay(a: number, b: number): boolean {
  const [one, other] = [new Date(a), new Date(b)]
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  )
}
