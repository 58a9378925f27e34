import * as v from 'valibot'
import { Member, Message, Retention, Room } from './entities'
import type { Reply } from './errors'
import { ClientKey, MemberId, Rev, RoomId, Seq, SessionToken } from './ids'
import { limits } from './limits'
import { MessageText, RoomTitle } from './text'

export const protocolVersion = 1

/** The handshake's `auth`. Any other `protocol` is refused with `unsupported_version` before anything else. */
export const Handshake = v.strictObject({
  protocol: v.literal(protocolVersion),
  client: v.pipe(v.string(), v.maxLength(100)),
  session: v.optional(v.pipe(v.string(), v.maxLength(200))),
})
export type Handshake = v.InferOutput<typeof Handshake>

/** A name is only bounded here; the server decides whether it is fit and free (`name_invalid`, `name_taken`). */
const WantedName = v.pipe(v.string(), v.maxLength(512))

const Page = v.object({ messages: v.array(Message), hasMore: v.boolean() })

const Entry = v.object({
  room: Room,
  you: Member,
  members: v.array(Member),
  messages: v.array(Message),
  session: SessionToken,
})

/** What a client may ask: one row per command, what goes in and what comes back. */
export const commands = {
  create_room: {
    input: v.strictObject({ name: WantedName, title: v.optional(RoomTitle), retention: v.optional(Retention) }),
    output: Entry,
  },
  /**
   * Without `since`: the newest page, and `hasMore` says older ones exist. With it: what changed after that rev, in
   * order of rev, and `hasMore` says to ask again; `reset` means the gap is too wide and this is the newest page.
   */
  join_room: {
    input: v.strictObject({
      roomId: RoomId,
      name: v.optional(WantedName),
      password: v.optional(v.pipe(v.string(), v.maxLength(512))),
      session: v.optional(SessionToken),
      since: v.optional(Rev),
    }),
    output: v.object({ ...Entry.entries, reset: v.boolean(), hasMore: v.boolean() }),
  },
  leave_room: { input: v.strictObject({ roomId: RoomId }), output: v.object({}) },
  /** The host alone may: the room and its history are deleted for everybody. */
  close_room: { input: v.strictObject({ roomId: RoomId }), output: v.object({}) },
  /** The host alone may. */
  change_room: {
    input: v.strictObject({ roomId: RoomId, title: v.optional(RoomTitle), retention: v.optional(Retention) }),
    output: v.object({ room: Room }),
  },
  send_message: {
    input: v.strictObject({
      roomId: RoomId,
      clientKey: ClientKey,
      text: MessageText,
      replyTo: v.optional(Seq),
    }),
    output: v.object({ message: Message }),
  },
  /** The newest messages with a smaller seq than `before`, oldest first. */
  fetch_history: {
    input: v.strictObject({
      roomId: RoomId,
      before: Seq,
      limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(limits.historyPage))),
    }),
    output: Page,
  },
}

export const LeaveReason = v.picklist(['left', 'disconnected'])
export type LeaveReason = v.InferOutput<typeof LeaveReason>
export const CloseReason = v.picklist(['closed_by_host', 'expired'])
export type CloseReason = v.InferOutput<typeof CloseReason>

/** What the server may announce to the people in a room. */
export const announcements = {
  message_posted: v.object({ message: Message }),
  message_changed: v.object({ message: Message }),
  /** Somebody new, or a known member back online. */
  member_joined: v.object({ roomId: RoomId, member: Member }),
  /** `disconnected`: offline for longer than the grace period, still a member. `left`: gone, the name is free. */
  member_left: v.object({ roomId: RoomId, memberId: MemberId, reason: LeaveReason }),
  room_changed: v.object({ room: Room }),
  room_closed: v.object({ roomId: RoomId, reason: CloseReason }),
}

export type CommandName = keyof typeof commands
export type AnnouncementName = keyof typeof announcements
export type Input<C extends CommandName> = v.InferOutput<(typeof commands)[C]['input']>
export type Output<C extends CommandName> = v.InferOutput<(typeof commands)[C]['output']>
export type Announcement<A extends AnnouncementName> = v.InferOutput<(typeof announcements)[A]>

export type ClientToServerEvents = {
  [C in CommandName]: (input: Input<C>, ack: (reply: Reply<Output<C>>) => void) => void
}
export type ServerToClientEvents = { [A in AnnouncementName]: (payload: Announcement<A>) => void }
