import type { ServerUrl } from '#shared/address'
import type { JoinedRoom, RoomGoneReason, RoomKey } from '#shared/bridge'
import type { Output } from '#shared/protocol/contract'
import type { Member, Message, Room } from '#shared/protocol/entities'
import type { RoomId } from '#shared/protocol/ids'
import type { Announced } from './announced'
import { withMember, withoutMember } from './members'
import type { Tell } from './news'
import type { Outbox } from './outbox'
import { dropHeld, emptyLog, fill, hasGap, openLog, receive, type LogStep } from './room-log'
import { roomKey, type SavedRoom } from './saved-entities'

/** A reply to `create_room` or `join_room`; `since` is what was asked for. */
export type Entry = Output<'create_room'> & Partial<Pick<Output<'join_room'>, 'reset' | 'hasMore'>>

/** One joined room as this client knows it. Whatever changes it tells the news of the change. */
export interface OpenRoom {
  readonly key: RoomKey
  readonly server: ServerUrl
  readonly roomId: RoomId
  readonly outbox: Outbox
  snapshot: () => JoinedRoom
  toSave: () => SavedRoom
  /** How far the log is complete; undefined before the first entry since the app started. */
  since: () => number | undefined
  isBehind: () => boolean
  /** Holds announcements back while an entry is asked for: it may be older or newer than they are. */
  beginEntry: () => void
  /** The link is gone, and with it the order in which things were heard over it. */
  unplug: () => void
  /** Answers whether more pages are to be asked for. */
  enter: (entry: Entry, since: number | undefined) => boolean
  /** Takes in what was held back; answers why the room is gone if that said so. */
  endEntry: () => RoomGoneReason | undefined
  hear: (announced: Announced) => RoomGoneReason | undefined
  /** The server's answer to a message of ours. */
  posted: (message: Message) => void
  rename: (room: Room) => void
  markRead: (seq: number) => boolean
  tellPending: () => void
  /** Answers still on their way change nothing and tell nothing any more. */
  retire: () => void
  isRetired: () => boolean
}

const mostHeldBack = 2_000

export function createOpenRoom(start: SavedRoom, openOutbox: (key: RoomKey) => Outbox, publish: Tell): OpenRoom {
  const tell: Tell = (news) => {
    if (!isRetired) publish(news)
  }
  const { server } = start
  const { roomId } = start.room
  const key = roomKey(server, roomId)
  const outbox = openOutbox(key)
  let { room, you, readSeq } = start
  let members: readonly Member[] = [you]
  let log = emptyLog
  let isReady = false
  let heldBack: Announced[] | undefined
  let hasMissed = false
  let isRetired = false

  const snapshot = (): JoinedRoom => ({
    key,
    server,
    room,
    you,
    members,
    messages: log.messages,
    hasOlder: log.hasOlder,
    pending: outbox.list(),
    readSeq,
    ready: isReady,
  })
  const tellPending = () => tell({ kind: 'pending', key, pending: outbox.list() })

  function apply(step: LogStep) {
    log = step.log
    if (step.shown.length === 0) return
    tell({ kind: 'messages', key, messages: step.shown })
    if (outbox.settle(ownKeys(step.shown))) tellPending()
  }

  const ownKeys = (messages: readonly Message[]) =>
    messages.filter(({ author }) => author.memberId === you.memberId).map(({ clientKey }) => clientKey)

  function rename(changed: Room) {
    if (changed.title === room.title && sameRetention(changed, room)) return
    room = { ...changed, rev: Math.max(changed.rev, room.rev) }
    tell({ kind: 'room_changed', key, room })
  }

  function enterAnew(entry: Entry, page: readonly Message[]) {
    const wasReady = isReady
    if (wasReady) rename(entry.room)
    room = entry.room
    log = openLog(page, entry.hasMore ?? false)
    isReady = true
    // What the server has acknowledged is in its history, even if no longer on the newest page.
    outbox.settleAcknowledged()
    outbox.settle(ownKeys(page))
    if (!wasReady) {
      tell({ kind: 'room_opened', room: snapshot() })
      return
    }
    tell({ kind: 'messages', key, messages: log.messages, reset: { hasOlder: log.hasOlder } })
    tellPending()
    tell({ kind: 'members', key, members })
  }

  function enter(entry: Entry, since: number | undefined): boolean {
    const isSomebodyElse = isReady && (entry.you.memberId !== you.memberId || entry.you.role !== you.role)
    you = entry.you
    members = withMember(entry.members, entry.you)
    const page = entry.messages.filter((message) => message.roomId === roomId)
    if (since === undefined || entry.reset === true) {
      enterAnew(entry, page)
    } else {
      rename(entry.room)
      apply(fill(log, page, entry.hasMore !== true))
      if (entry.hasMore === true) return true
      if (outbox.settleAcknowledged()) tellPending()
      tell({ kind: 'members', key, members })
    }
    if (isSomebodyElse) tell({ kind: 'room_opened', room: snapshot() })
    return false
  }

  function hear(announced: Announced): RoomGoneReason | undefined {
    if (heldBack) {
      if (heldBack.length < mostHeldBack) heldBack.push(announced)
      else hasMissed = true
      return undefined
    }
    return take(announced)
  }

  function take({ name, payload }: Announced): RoomGoneReason | undefined {
    if (name === 'message_posted' || name === 'message_changed') apply(receive(log, payload.message))
    else if (name === 'room_changed') rename(payload.room)
    else if (name === 'member_joined') {
      members = withMember(members, payload.member)
      tell({ kind: 'member_joined', key, member: payload.member })
    } else if (name === 'room_closed') return payload.reason
    else return memberLeft(payload)
    return undefined
  }

  function memberLeft({ memberId, reason }: Extract<Announced, { name: 'member_left' }>['payload']) {
    if (memberId === you.memberId) return reason === 'left' ? reason : undefined
    members = withoutMember(members, memberId, reason)
    tell({ kind: 'member_left', key, memberId, reason })
    return undefined
  }

  return {
    key,
    server,
    roomId,
    outbox,
    snapshot,
    hear,
    enter,
    rename,
    tellPending,
    isRetired: () => isRetired,
    retire() {
      isRetired = true
    },
    toSave: () => ({ server, room, you, readSeq }),
    since: () => (isReady ? log.lastRev : undefined),
    isBehind: () => hasMissed || hasGap(log),
    beginEntry() {
      heldBack ??= []
      hasMissed = false
    },
    unplug() {
      heldBack = undefined
      log = dropHeld(log)
    },
    endEntry() {
      const announced = heldBack ?? []
      heldBack = undefined
      for (const one of announced) {
        const gone = take(one)
        if (gone) return gone
      }
      return undefined
    },
    posted(message) {
      outbox.acknowledge(message.clientKey)
      apply(receive(log, message))
      // Not shown yet when a gap lies before it: then it stays pending until the gap is filled.
      if (message.rev <= log.lastRev && outbox.settle([message.clientKey])) tellPending()
    },
    markRead(seq) {
      const newest = log.messages.at(-1)?.seq ?? 0
      const wanted = Math.min(seq, Math.max(newest, readSeq))
      if (wanted <= readSeq) return false
      readSeq = wanted
      tell({ kind: 'read', key, seq: readSeq })
      return true
    },
  }
}

const sameRetention = (a: Room, b: Room) => JSON.stringify(a.retention) === JSON.stringify(b.retention)
