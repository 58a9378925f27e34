import type { ServerUrl } from '#shared/address'
import type { JoinedRoom, RoomGoneReason, RoomKey } from '#shared/bridge'
import type { Announcement, Output } from '#shared/protocol/contract'
import type { Member, Message, Room } from '#shared/protocol/entities'
import type { RoomId } from '#shared/protocol/ids'
import type { Announced } from './announced'
import { createConversation } from './conversation'
import { createHeldBack } from './held-back'
import { withMember, withoutMember } from './members'
import type { Tell } from './news'
import type { Outbox } from './outbox'
import { roomKey, type SavedRoom } from './saved-entities'

/** A reply to `create_room` or `join_room`. */
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
  /** Holds announcements back while an entry is asked for. */
  beginEntry: () => void
  /** `since` is what was asked for. Answers whether more pages are to be asked for. */
  enter: (entry: Entry, since: number | undefined) => boolean
  /** Takes in what was held back; answers why the room is gone if that said so. */
  endEntry: () => RoomGoneReason | undefined
  /** The link is gone, and with it the order in which things were heard over it. */
  unplug: () => void
  hear: (announced: Announced) => RoomGoneReason | undefined
  posted: (message: Message) => void
  change: (room: Room) => void
  markRead: (seq: number) => boolean
  tellPending: () => void
  /** Answers still on their way change nothing and tell nothing any more. */
  retire: () => void
  isRetired: () => boolean
}

export function createOpenRoom(start: SavedRoom, openOutbox: (key: RoomKey) => Outbox, publish: Tell): OpenRoom {
  const { server } = start
  const { roomId } = start.room
  const key = roomKey(server, roomId)
  let { room, you, readSeq } = start
  let members: readonly Member[] = [you]
  let isReady = false
  let isRetired = false
  const tell: Tell = (news) => {
    if (!isRetired) publish(news)
  }
  const outbox = openOutbox(key)
  const conversation = createConversation(key, outbox, () => you.memberId, tell)
  const heldBack = createHeldBack()

  function snapshot(): JoinedRoom {
    const { messages, hasOlder } = conversation.log()
    const pending = outbox.list()
    return { key, server, room, you, members, messages, hasOlder, pending, readSeq, ready: isReady }
  }

  function change(changed: Room) {
    const isSame = changed.title === room.title && sameRetention(changed, room)
    room = changed
    if (!isSame) tell({ kind: 'room_changed', key, room })
  }

  function enter(entry: Entry, since: number | undefined): boolean {
    const wasReady = isReady
    const isSomebodyElse = entry.you.memberId !== you.memberId || entry.you.role !== you.role
    you = entry.you
    members = withMember(entry.members, you)
    const page = entry.messages.filter((message) => message.roomId === roomId)
    const hasMore = entry.hasMore === true
    const isAnew = since === undefined || entry.reset === true
    if (isAnew) conversation.open(page, hasMore)
    isReady = true

    if (!wasReady) room = entry.room
    if (!wasReady || isSomebodyElse) tell({ kind: 'room_opened', room: snapshot() })
    if (!wasReady) return false
    change(entry.room)
    tell({ kind: 'members', key, members })
    if (isAnew) tellAnew()
    else conversation.fill(page, !hasMore)
    return hasMore && !isAnew
  }

  function tellAnew() {
    const { messages, hasOlder } = conversation.log()
    tell({ kind: 'messages', key, messages, reset: { hasOlder } })
    conversation.tellPending()
  }

  function take({ name, payload }: Announced): RoomGoneReason | undefined {
    if (name === 'room_closed') return payload.reason
    if (name === 'member_left') return memberLeft(payload)
    if (name === 'member_joined') {
      members = withMember(members, payload.member)
      tell({ kind: 'member_joined', key, member: payload.member })
    } else if (name === 'room_changed') change(payload.room)
    else conversation.hear(payload.message)
    return undefined
  }

  function memberLeft({ memberId, reason }: Announcement<'member_left'>): RoomGoneReason | undefined {
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
    enter,
    change,
    posted: conversation.posted,
    tellPending: conversation.tellPending,
    toSave: () => ({ server, room, you, readSeq }),
    since: () => (isReady ? conversation.log().lastRev : undefined),
    isBehind: () => heldBack.hasMissed() || conversation.hasGap(),
    beginEntry: heldBack.begin,
    hear: (announced) => (heldBack.hold(announced) ? undefined : take(announced)),
    endEntry() {
      for (const announced of heldBack.release()) {
        const gone = take(announced)
        if (gone) return gone
      }
      return undefined
    },
    unplug() {
      heldBack.release()
      conversation.unplug()
    },
    markRead(seq) {
      const newest = conversation.log().messages.at(-1)?.seq ?? 0
      const wanted = Math.min(seq, Math.max(newest, readSeq))
      if (wanted <= readSeq) return false
      readSeq = wanted
      tell({ kind: 'read', key, seq: readSeq })
      return true
    },
    isRetired: () => isRetired,
    retire() {
      isRetired = true
    },
  }
}

const sameRetention = (a: Room, b: Room) => JSON.stringify(a.retention) === JSON.stringify(b.retention)
