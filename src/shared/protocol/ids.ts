import * as v from 'valibot'
import { foldRoomCode, isRoomCode } from './room-code'

/** A room's code as people share it: 6 to 12 characters, stored upper-case with look-alikes folded. */
export const RoomId = v.pipe(
  v.string(),
  v.maxLength(32),
  v.transform(foldRoomCode),
  v.check(isRoomCode),
  v.brand('RoomId'),
)
export type RoomId = v.InferOutput<typeof RoomId>

/** Names one person on one server, in every room of it. */
export const MemberId = v.pipe(v.string(), v.uuid(), v.brand('MemberId'))
export type MemberId = v.InferOutput<typeof MemberId>

/** A UUID made by the sender; sending it again is the same message. Stored lower-case. */
export const ClientKey = v.pipe(v.string(), v.uuid(), v.toLowerCase(), v.brand('ClientKey'))
export type ClientKey = v.InferOutput<typeof ClientKey>

/** A UUID made by whoever adds the file; adding it again is the same file. Stored lower-case. */
export const FileId = v.pipe(v.string(), v.uuid(), v.toLowerCase(), v.brand('FileId'))
export type FileId = v.InferOutput<typeof FileId>

/** A file's SHA-256, in lower-case hexadecimal digits. */
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.brand('Sha256'))
export type Sha256 = v.InferOutput<typeof Sha256>

/** The opaque token that names a person on this server: 32 random bytes, base64url. */
export const SessionToken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/), v.brand('SessionToken'))
export type SessionToken = v.InferOutput<typeof SessionToken>

/** A message's place in its room, from 1. */
export const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
/** A value of the room's one counter; 0 is "nothing seen yet". */
export const Rev = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Epoch milliseconds. */
export const Time = v.pipe(v.number(), v.safeInteger())
