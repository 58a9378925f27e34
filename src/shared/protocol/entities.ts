import * as v from 'valibot'
import { ClientKey, MemberId, Rev, RoomId, Seq, Time } from './ids'
import { Attachment } from './files'
import { Emoji } from './text'

/** How long a room outlives its people. `while_occupied`: until some minutes after the last person left. */
export const Retention = v.union([
  v.literal('while_occupied'),
  v.literal('forever'),
  v.strictObject({ days: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(3_650)) }),
])
export type Retention = v.InferOutput<typeof Retention>

/** `direct`: a conversation of two people, found by nobody else. */
export const RoomKind = v.picklist(['group', 'direct'])
export type RoomKind = v.InferOutput<typeof RoomKind>

/** `rev` is the room's counter: the highest `rev` any of its messages has. */
export const Room = v.object({
  roomId: RoomId,
  kind: RoomKind,
  title: v.string(),
  createdAt: Time,
  rev: Rev,
  retention: Retention,
})
export type Room = v.InferOutput<typeof Room>

export const Role = v.picklist(['host', 'member'])
export type Role = v.InferOutput<typeof Role>

/** A person in one room. Offline members keep their name. */
export const Member = v.object({ memberId: MemberId, name: v.string(), online: v.boolean(), role: Role })
export type Member = v.InferOutput<typeof Member>

/** Who answered a message with one emoji, first come first. */
export const Reaction = v.object({ emoji: Emoji, memberIds: v.array(MemberId) })
export type Reaction = v.InferOutput<typeof Reaction>

/** The last seq a member has seen in a room. */
export const ReadMark = v.object({ memberId: MemberId, seq: Rev })
export type ReadMark = v.InferOutput<typeof ReadMark>

/**
 * What somebody said. A new message takes the room's next counter value as both `seq` and `rev`; a change of it
 * takes the next value as its `rev`. A deleted message keeps its place: `text` is empty, `deletedAt` set. `damaged` marks a row whose checksum no longer matches what is stored.
 */
export const Message = v.object({
  roomId: RoomId,
  seq: Seq,
  rev: Rev,
  clientKey: ClientKey,
  author: v.object({ memberId: MemberId, name: v.string() }),
  text: v.string(),
  replyTo: v.optional(Seq),
  sentAt: Time,
  editedAt: v.optional(Time),
  deletedAt: v.optional(Time),
  pinned: v.boolean(),
  reactions: v.array(Reaction),
  attachments: v.array(Attachment),
  damaged: v.optional(v.literal(true)),
})
export type Message = v.InferOutput<typeof Message>
