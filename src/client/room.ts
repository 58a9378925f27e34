import type { ServerUrl } from '#shared/address'
import type { JoinedRoom, RoomGoneReason, RoomKey } from '#shared/bridge'
import type { Output } from '#shared/protocol/contract'
import type { Member, Message, Room } from '#shared/protocol/entities'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import type { Announced } from './announced'
import type { Blocks } from './blocks'
import type { DirectsSetting } from './directs-from'
import { createConversation } from './conversation'
import { createHeldBack } from './held-back'
import { withMember } from './members'
import type { Tell } from './news'
import type { Outbox } from './outbox'
import { createPeople } from './people'
import { markOf } from './reads'
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
  /** What names the search for members whom the last entry left out; undefined when all are known. */
  missingMembers: () => object | undefined
  takeMembers: (page: readonly Member[], isLast: boolean) => void
  hear: (announced: Announced) => RoomGoneReason | undefined
  /** The server's answer to what was queued under this key. */
  answered: (clientKey: ClientKey, message: Message) => void
  change: (room: Room) => void
  markRead: (seq: number) => boolean
  tellPending: () => void
  /** Answers still on their way change nothing and tell nothing any more. */
  retire: () => void
  isRetired: () => boolean
}

export interface RoomOptions {
  openOutbox: (key: RoomKey) => Outbox
  blocks: Blocks
  directsSetting: DirectsSetting
  tell: Tell
}

export function createOpenRoom(
  start: SavedRoom,
  { openOutbox, blocks, directsSetting, tell: publish }: RoomOptions,
): OpenRoom {
  const { server } = start
  const { roomId } = start.room
  const key = roomKey(server, roomId)
  let { room, you, readSeq, fileBytes } = start
  let isReady = false
  let isRetired = false
  const tell: Tell = (news) => {
    if (!isRetired) publish(news)
  }
  const me = () => you.memberId
  const outbox = openOutbox(key)
  const conversation = createConversation(key, outbox, me, tell)
  const isBlocked = (memberId: MemberId) => blocks.on(server).includes(memberId)
  const people = createPeople(you, { key, me, isBlocked, tell })
  const heldBack = createHeldBack()

  function snapshot(): JoinedRoom {
    const { messages, hasOlder } = conversation.log()
    return {
      key,
      server,
      room,
      you,
      members: people.members(),
      messages,
      hasOlder,
      pending: outbox.messages(),
      pendingChanges: outbox.changes(),
      reads: people.reads(),
      blocked: blocks.on(server),
      directsFrom: directsSetting.on(server),
      readSeq,
      fileBytes,
      ready: isReady,
    }
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
    fileBytes = entry.fileBytes
    const members = withMember(entry.members, you)
    const entered = { members, hasMore: entry.hasMoreMembers, reads: entry.reads }
    const page = entry.messages.filter((message) => message.roomId === roomId)
    const hasMore = entry.hasMore === true
    const isAnew = since === undefined || entry.reset === true
    blocks.receive(server, entry.blocked)
    directsSetting.receive(server, entry.directsFrom)
    if (isAnew) conversation.open(page, hasMore)
    isReady = true

    if (!wasReady) {
      room = entry.room
      people.open(entered)
    }
    if (!wasReady || isSomebodyElse) tell({ kind: 'room_opened', room: snapshot() })
    readTo(markOf(entry.reads, you.memberId))
    if (!wasReady) return false
    change(entry.room)
    people.replace(entered)
    if (isAnew) tellAnew()
    else conversation.fill(page, !hasMore)
    return hasMore && !isAnew
  }

  function tellAnew() {
    const { messages, hasOlder } = conversation.log()
    tell({ kind: 'messages', key, messages, reset: { hasOlder } })
    conversation.tellPending()
  }

  function readTo(seq: number): boolean {
    if (seq <= readSeq) return false
    readSeq = seq
    tell({ kind: 'read', key, seq })
    return true
  }

  function take(announced: Announced): RoomGoneReason | undefined {
    switch (announced.name) {
      case 'room_closed':
        return announced.payload.reason
      case 'member_left': {
        const { memberId, reason } = announced.payload
        if (memberId !== you.memberId) people.left(announced.payload)
        else if (reason === 'left') return reason
        return undefined
      }
      case 'member_joined':
        people.joined(announced.payload.member)
        return undefined
      case 'room_changed':
        change(announced.payload.room)
        return undefined
      case 'read_changed':
        // Ours comes from another window or device of ours.
        if (announced.payload.memberId === you.memberId) readTo(announced.payload.seq)
        else people.read(announced.payload)
        return undefined
      case 'message_posted':
      case 'message_changed':
        conversation.hear(announced.payload.message)
        return undefined
      case 'typing_changed':
        people.typing(announced.payload)
        return undefined
      case 'direct_opened':
        return undefined
    }
  }

  return {
    key,
    server,
    roomId,
    outbox,
    snapshot,
    enter,
    change,
    missingMembers: people.missing,
    takeMembers: people.take,
    answered: conversation.answered,
    tellPending: conversation.tellPending,
    toSave: () => ({ server, room, you, readSeq, fileBytes }),
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
    markRead: (seq) => readTo(Math.min(seq, Math.max(conversation.log().messages.at(-1)?.seq ?? 0, readSeq))),
    isRetired: () => isRetired,
    retire() {
      isRetired = true
    },
  }
}

const sameRetention = (a: Room, b: Room) => JSON.stringify(a.retention) === JSON.stringify(b.retention)
