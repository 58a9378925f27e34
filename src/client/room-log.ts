import type { Message } from '#shared/protocol/entities'

/** The newest messages of a room, in order of seq, and how far its changes are known without a hole. */
export interface RoomLog {
  readonly messages: readonly Message[]
  readonly hasOlder: boolean
  /** Every change up to this rev is in. */
  readonly lastRev: number
  /** Heard of ahead of a gap, in order of rev; shown once the gap is filled. */
  readonly held: readonly Message[]
}

/** `shown` is what became visible, in order of rev. */
export interface LogStep {
  log: RoomLog
  shown: readonly Message[]
}

export const keptMessages = 300
export const mostHeld = 1_000

export const emptyLog: RoomLog = { messages: [], hasOlder: false, lastRev: 0, held: [] }

export const hasGap = (log: RoomLog): boolean => log.held.length > 0

/** The log as its newest page shows it. */
export const openLog = (page: readonly Message[], hasOlder: boolean): RoomLog =>
  settle({ ...emptyLog, hasOlder }, page, []).log

/** One announced message: shown when nothing before it is missing, else held. */
export function receive(log: RoomLog, message: Message): LogStep {
  if (message.rev <= log.lastRev + 1) return settle(log, [message], log.held)
  const last = log.held.at(-1)
  const isFull = log.held.length >= mostHeld && last !== undefined && message.rev >= last.rev
  if (isFull || log.held.some(({ rev }) => rev === message.rev)) return { log, shown: [] }

  const held = [...log.held, message]
  // They mostly come in order.
  if (last && message.rev < last.rev) held.sort(byRev)
  return { log: { ...log, held: held.slice(0, mostHeld) }, shown: [] }
}

/**
 * A page of what changed after `lastRev`. The last page also frees what was held: it was committed before the page
 * was asked for, so a rev that is neither on a page nor held no longer exists.
 */
export function fill(log: RoomLog, page: readonly Message[], isLast: boolean): LogStep {
  if (!isLast) return settle(log, page, log.held)
  return settle(log, [...page, ...log.held], [])
}

/** A new connection asks for everything after `lastRev` anyway. */
export const dropHeld = (log: RoomLog): RoomLog => (hasGap(log) ? { ...log, held: [] } : log)

function settle(log: RoomLog, arrived: readonly Message[], held: readonly Message[]): LogStep {
  let lastRev = highestRev(arrived, log.lastRev)
  const freed = held.filter(({ rev }) => {
    if (rev > lastRev + 1) return false
    lastRev = Math.max(lastRev, rev)
    return true
  })
  const shown = newerThanKnown(log, [...arrived, ...freed])
  const rest = held.filter(({ rev }) => rev > lastRev)
  return { log: withMessages({ ...log, lastRev, held: rest }, mergeBySeq(log.messages, shown)), shown }
}

/** Leaves out what is known already, and old news about messages older than the log keeps. */
function newerThanKnown(log: RoomLog, arrived: readonly Message[]): readonly Message[] {
  const latest = new Map<number, Message>()
  for (const message of arrived) {
    const other = latest.get(message.seq)
    if (!other || other.rev < message.rev) latest.set(message.seq, message)
  }
  const known = new Map(log.messages.map(({ seq, rev }) => [seq, rev]))
  const oldest = log.hasOlder ? (log.messages[0]?.seq ?? 0) : 0
  return [...latest.values()]
    .filter(({ seq, rev }) => rev > (known.get(seq) ?? 0) && (rev > log.lastRev || seq >= oldest))
    .sort(byRev)
}

function mergeBySeq(known: readonly Message[], newer: readonly Message[]): readonly Message[] {
  const bySeq = new Map([...known, ...newer].map((message) => [message.seq, message]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** Keeps the newest; a change of a message older than those must not open a hole at the log's start. */
function withMessages(log: RoomLog, merged: readonly Message[]): RoomLog {
  const oldest = log.hasOlder ? (log.messages[0]?.seq ?? 0) : 0
  const whole = merged.filter(({ seq }) => seq >= oldest)
  const messages = whole.slice(-keptMessages)
  return { ...log, messages, hasOlder: log.hasOlder || messages.length < whole.length }
}

const highestRev = (messages: readonly Message[], least: number): number =>
  messages.reduce((highest, { rev }) => Math.max(highest, rev), least)

const byRev = (a: Message, b: Message): number => a.rev - b.rev
