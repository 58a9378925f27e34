import * as v from 'valibot'
import { Member, Message, ReadMark, Retention, Room } from './entities'
import type { Reply } from './errors'
import { FileLooks } from './files'
import { ClientKey, FileId, MemberId, Rev, RoomId, Seq, SessionToken, Sha256, Time } from './ids'
import { limits } from './limits'
import { Caption, Emoji, FileName, MessageText, RoomTitle, SearchText } from './text'

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

const OfMessage = { roomId: RoomId, seq: Seq }
const Changed = v.object({ message: Message })

const Bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const OfFile = { roomId: RoomId, fileId: FileId }

const Page = v.object({ messages: v.array(Message), hasMore: v.boolean() })

/** `known`: only people you have written to alone before. */
export const DirectsFrom = v.picklist(['everybody', 'known'])
export type DirectsFrom = v.InferOutput<typeof DirectsFrom>

const Entry = v.object({
  room: Room,
  you: Member,
  /** The first page: you, hosts and who is online before the others. */
  members: v.array(Member),
  /** `fetch_members` has the rest. */
  hasMoreMembers: v.optional(v.boolean(), false),
  messages: v.array(Message),
  /** How far members have read, of those who let others know. */
  reads: v.array(ReadMark),
  /** Members of this server whom you have blocked. */
  blocked: v.array(MemberId),
  /** Who may open a direct conversation with you on this server. */
  directsFrom: v.optional(DirectsFrom, 'everybody'),
  /** The largest file the server takes. */
  fileBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  session: SessionToken,
})

const Joined = v.object({ ...Entry.entries, reset: v.boolean(), hasMore: v.boolean() })

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
    output: Joined,
  },
  leave_room: { input: v.strictObject({ roomId: RoomId }), output: v.object({}) },
  /** The host alone may: the room and its history are deleted for everybody. */
  close_room: { input: v.strictObject({ roomId: RoomId }), output: v.object({}) },
  /** The host alone may. */
  change_room: {
    input: v.strictObject({ roomId: RoomId, title: v.optional(RoomTitle), retention: v.optional(Retention) }),
    output: v.object({ room: Room }),
  },
  /** `text` may be empty where there are `attachments`: files of yours that the server has, in this room. */
  send_message: {
    input: v.strictObject({
      roomId: RoomId,
      clientKey: ClientKey,
      text: Caption,
      replyTo: v.optional(Seq),
      attachments: v.optional(
        v.pipe(
          v.array(v.strictObject({ fileId: FileId, thumbnailId: v.optional(FileId) })),
          v.minLength(1),
          v.maxLength(limits.filesPerMessage),
        ),
      ),
    }),
    output: v.object({ message: Message }),
  },
  /**
   * Announces a file before its bytes. `isStored`: the server has them already, from you or from somebody whose file
   * you could open, and nothing is to be sent; else they go to `/uploads/<fileId>`. Again is harmless.
   */
  add_file: {
    input: v.strictObject({
      ...OfFile,
      name: FileName,
      size: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      sha256: Sha256,
      looks: v.optional(FileLooks),
    }),
    output: v.object({ isStored: v.boolean() }),
  },
  /** Takes back a file of yours that no message has; what was sent of it is deleted. */
  drop_file: { input: v.strictObject(OfFile), output: v.object({}) },
  /**
   * Where a file can be read, for a few minutes and without anything else to show: `path` is on this server. `size`: its
   * bytes, to know before they are fetched.
   */
  open_file: {
    input: v.strictObject(OfFile),
    output: v.object({ path: v.string(), expiresAt: Time, lastsMs: v.optional(Time), size: v.optional(Bytes) }),
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
  /** A page around a message: about half older, half newer, in order of seq. */
  fetch_around: {
    input: v.strictObject({ ...OfMessage }),
    output: v.object({ messages: v.array(Message), hasOlder: v.boolean(), hasNewer: v.boolean() }),
  },
  /** The oldest messages with a larger seq than `after`, oldest first. */
  fetch_newer: {
    input: v.strictObject({ roomId: RoomId, after: Rev }),
    output: Page,
  },
  /** Everybody in a room you have joined, a page at a time in order of their ids: those after `after`. */
  fetch_members: {
    input: v.strictObject({ roomId: RoomId, after: v.optional(MemberId) }),
    output: v.object({ members: v.array(Member), hasMore: v.boolean() }),
  },
  /** The author alone may; a deleted message stays deleted (`conflict`). The same text again changes nothing. */
  edit_message: { input: v.strictObject({ ...OfMessage, text: MessageText }), output: Changed },
  /** The author alone may. Deleting twice changes nothing. */
  delete_message: { input: v.strictObject({ ...OfMessage }), output: Changed },
  /**
   * Adds your reaction; again changes nothing. At most 20 different emoji on a message, 5 of which one member may be the
   * first to give (`too_large`).
   */
  react: { input: v.strictObject({ ...OfMessage, emoji: Emoji }), output: Changed },
  unreact: { input: v.strictObject({ ...OfMessage, emoji: Emoji }), output: Changed },
  /** Any member may; at most 100 in a room (`too_large`). */
  pin_message: { input: v.strictObject({ ...OfMessage, pinned: v.boolean() }), output: Changed },
  /** The oldest pinned messages with a larger seq than `after`, or of all, oldest first. */
  fetch_pinned: {
    input: v.strictObject({ roomId: RoomId, after: v.optional(Rev) }),
    output: v.object({ messages: v.array(Message), hasMore: v.optional(v.boolean()) }),
  },
  /** `hidden` keeps the mark to yourself, now and until you say otherwise. A mark never goes back. */
  mark_read: {
    input: v.strictObject({ ...OfMessage, hidden: v.optional(v.boolean()) }),
    output: v.object({}),
  },
  set_typing: { input: v.strictObject({ roomId: RoomId, typing: v.boolean() }), output: v.object({}) },
  /**
   * Newest first, in the rooms you are in; every word must occur, the last may be a beginning. `from:`, `before:` and
   * `after:` (dates as 2026-01-31) narrow it. `before` pages on: messages sent earlier than this time. `truncated`: that
   * was too much to look at all of it, and only the newest part was.
   */
  search_messages: {
    input: v.strictObject({
      query: SearchText,
      roomId: v.optional(RoomId),
      before: v.optional(Time),
      /** Where a page goes on. Times do not tell: those of many messages are the same once a clock was set back. */
      lastHit: v.optional(v.strictObject({ roomId: RoomId, seq: Seq })),
      limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(limits.historyPage))),
    }),
    output: v.object({
      hits: v.array(v.object({ roomId: RoomId, message: Message })),
      hasMore: v.boolean(),
      truncated: v.optional(v.literal(true)),
    }),
  },
  /** The conversation of you two, created when there is none. You must share a room. */
  open_direct: { input: v.strictObject({ memberId: MemberId }), output: Joined },
  block_member: { input: v.strictObject({ memberId: MemberId, blocked: v.boolean() }), output: v.object({}) },
  /** From whom you take direct conversations; kept until you say otherwise. */
  set_directs: { input: v.strictObject({ from: DirectsFrom }), output: v.object({}) },
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
  /** Gone by itself after 6 seconds without another. */
  typing_changed: v.object({ roomId: RoomId, memberId: MemberId, typing: v.boolean() }),
  read_changed: v.object({ roomId: RoomId, memberId: MemberId, seq: Rev }),
  /** Somebody opened a direct conversation with you: join it to take part. */
  direct_opened: v.object({ room: Room }),
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
