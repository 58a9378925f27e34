import type { DirectsFrom } from '#shared/protocol/contract'
import type { Member, Message, ReadMark, Retention, Room } from '#shared/protocol/entities'
import type { ClientKey, FileId, MemberId, RoomId } from '#shared/protocol/ids'
import type { FileRows } from './file-rows'
import type { KeptTime, ServerTime } from './server-time-row'

/** Who is asking, by the SHA-256 of their session token. A person is made by their first room. */
export interface Person {
  memberId: MemberId
  /** The name they last used on this server. */
  name: string
}

/** A member as stored: who is online is the rooms' business. */
export type StoredMember = Omit<Member, 'online'>

/** `key` is what names are compared by within a room. */
export interface CheckedName {
  shown: string
  key: string
}

export interface NewMembership {
  roomId: RoomId
  memberId: MemberId
  /** Hash of the session that names this person from now on. */
  sessionHash: string
  name: CheckedName
  at: number
}

/** How many a room has place for, and after how many minutes away somebody gives theirs to a newcomer. */
export interface Seats {
  most: number
  /** Of those who never said anything in the room. */
  quietGoneMinutes: number
  goneMinutes: number
}

export interface NewMessage {
  roomId: RoomId
  memberId: MemberId
  clientKey: ClientKey
  text: string
  replyTo?: number
  attachments?: readonly { fileId: FileId; thumbnailId?: FileId | undefined }[]
  sentAt: number
}

export type MessageChange =
  | { kind: 'edit'; text: string }
  | { kind: 'delete' }
  | { kind: 'react' | 'unreact'; emoji: string }
  | { kind: 'pin' | 'unpin' }

export interface Appended {
  message: Message
  isNew: boolean
  /** Where the room is one of two and the message is new. */
  direct?: { room: Room; otherId: MemberId }
  /** The other of a room of two had left it and is in it again. */
  reopened?: Reopened
}

/** A room of two, and who is in it again. */
export interface Reopened {
  room: Room
  other: StoredMember
}

/** A member of a room, asking. */
type Asker = { roomId: RoomId; memberId: MemberId }
export type Page = { messages: Message[]; hasMore: boolean }

/** What a member is told of on coming in, besides the messages. */
export interface Told {
  room: Room
  you: StoredMember
  reads: ReadMark[]
  /** Whom they have blocked. */
  blocked: MemberId[]
  directsFrom: DirectsFrom
}

export interface Standing {
  lastSeq: number
  readSeq: number
  /** Whether members of this room are told who has read how far. */
  tellsReads: boolean
  hidesReads: boolean
  /** Who of the room has blocked them. */
  blockers: MemberId[]
}

export interface Search {
  memberId: MemberId
  query: string
  roomId?: RoomId
  /** Messages sent earlier than this. */
  before?: number
  /** Messages after this one, in the order of hits. While it is in a room that is searched, `before` says nothing. */
  lastHit?: { roomId: RoomId; seq: number }
  limit: number
}

/**
 * The durable truth. Every write resolves only after its transaction is on disk; writes asked for together are
 * committed together, in the order they were asked for. Methods reject with a `Refusal` for what a caller may know
 * (`room_not_found`, `not_a_member`, `name_taken`, `forbidden`, `conflict`, `storage_full`, `invalid_request`).
 */
export interface Store extends FileRows {
  findPerson: (sessionHash: string) => Promise<Person | undefined>

  /** Refuses `conflict` when the room id is taken. The creator becomes its host. */
  createRoom: (draft: NewMembership & { title: string; retention: Retention }) => Promise<Omit<Told, 'reads'>>

  /**
   * A membership that exists is returned as it is; `isNew` says it was made now. Refuses `name_taken`, and
   * `name_invalid` where a new membership has no name. With `seats` a new one is refused `room_full` when there is none
   * for it; `displaced` is who gave it theirs, and is no longer a member.
   */
  joinRoom: (
    draft: Omit<NewMembership, 'name'> & { name?: CheckedName; seats?: Seats },
  ) => Promise<Told & { isNew: boolean; displaced: MemberId | undefined }>

  /**
   * The room of two people, made when there is none; `isNew` says that the other one was not in it before, `isMade`
   * that it was made. Refuses `forbidden` when they share no room, the other one has blocked this one or takes it only
   * from others; `conflict` when the room id is taken; `rate_limited` when it would have to be made and `retryAfterMs`
   * is above 0.
   */
  openDirect: (
    draft: Asker & { otherId: MemberId; at: number; retryAfterMs?: number },
  ) => Promise<Told & { other: StoredMember; isNew: boolean; isMade: boolean }>

  leaveRoom: (at: { roomId: RoomId; memberId: MemberId; at: number }) => Promise<void>
  /**
   * The room is gone for everybody, with its files; of a long one the messages go with `clearClosed`, and then its code
   * may be given again. Refuses `forbidden` unless the member is its host.
   */
  closeRoom: (by: { roomId: RoomId; memberId: MemberId }) => Promise<void>
  changeRoom: (by: { roomId: RoomId; memberId: MemberId; title?: string; retention?: Retention }) => Promise<Room>

  /**
   * One message: `isNew` is false when this `clientKey` was posted before; the same key with other text or files is
   * `conflict`.
   */
  append: (draft: NewMessage) => Promise<Appended>
  /** `isChanged` is false when it was so already: then nothing was written. */
  changeMessage: (
    by: Asker & { seq: number; at: number; change: MessageChange },
  ) => Promise<{ message: Message; isChanged: boolean }>

  blockMember: (by: { memberId: MemberId; blockedId: MemberId; isBlocked: boolean }) => Promise<void>
  setDirects: (by: { memberId: MemberId; from: DirectsFrom }) => Promise<void>
  /** What telling of typing and of read marks depends on. */
  standing: (of: Asker) => Promise<Standing>
  /** A mark never goes back. */
  saveReads: (news: {
    marks: readonly (Asker & { seq: number })[]
    hides: readonly { memberId: MemberId; hidden: boolean }[]
  }) => Promise<void>

  members: (roomId: RoomId) => Promise<StoredMember[]>
  isMember: (seat: Asker) => Promise<boolean>
  /** The rooms of two somebody is in, those they have written in first, then by what was said last; at most `limit`. */
  directs: (memberId: MemberId, limit: number) => Promise<Room[]>
  /**
   * The newest page before `before` (or of all), oldest first. Refuses `not_a_member`. Every page is shorter than its
   * `limit` where the messages are long: `limits.pageBytes`.
   */
  history: (page: Asker & { before?: number | undefined; limit: number }) => Promise<Page>
  /** The oldest with a larger seq, oldest first. */
  newer: (page: Asker & { after: number; limit: number }) => Promise<Page>
  around: (
    page: Asker & { seq: number; limit: number },
  ) => Promise<{ messages: Message[]; hasOlder: boolean; hasNewer: boolean }>
  /** Of those that are pinned: the oldest with a larger seq, oldest first. */
  pinned: (page: Asker & { after: number; limit: number }) => Promise<Page>
  /** Newest first, in the rooms they are a member of now. `truncated`: it did not look at all there is. */
  search: (wanted: Search) => Promise<{ hits: Message[]; hasMore: boolean; truncated?: true }>
  /** What changed after `since`, in order of rev. `reset` when that is more than `most`, or `since` lies ahead of the room. */
  changes: (gap: {
    roomId: RoomId
    memberId: MemberId
    since: number
    limit: number
    most: number
  }) => Promise<{ reset: false; messages: Message[]; hasMore: boolean } | { reset: true }>

  /** Records that the last person left a room, or that somebody is back (`undefined`). */
  markEmptied: (roomId: RoomId, at: ServerTime | undefined) => Promise<void>
  /** Closes the rooms whose retention has run out; `keepEmptyMs` is what `while_occupied` allows. */
  deleteExpired: (at: ServerTime, keepEmptyMs: number) => Promise<RoomId[]>
  /** As it was kept last. */
  serverTime: () => Promise<KeptTime>
  keepTime: (time: KeptTime) => Promise<void>
  /** Counts one more minute that the server has run, and as away in it everybody who is not `here`. */
  countMinute: (here: readonly Asker[]) => Promise<void>
  /**
   * Ends some memberships of people who have been away this many counted minutes, those of people who never said
   * anything sooner; of hosts and in direct rooms none.
   */
  lapseMembers: (after: { quietMinutes: number; spokenMinutes: number; at: number }) => Promise<Asker[]>
  /** Deletes some of what closed rooms have left behind; false when nothing is. */
  clearClosed: () => Promise<boolean>

  close: () => Promise<void>
}
