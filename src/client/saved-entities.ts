import * as v from 'valibot'
import { parseServerUrl, type ServerUrl } from '#shared/address'
import type { ClientErrorCode, MessageChange, RecentRoom, RoomKey } from '#shared/bridge'
import { Member, Room, RoomKind } from '#shared/protocol/entities'
import { errorCodes } from '#shared/protocol/errors'
import { FileLooks, FileType } from '#shared/protocol/files'
import { ClientKey, FileId, RoomId, Seq, SessionToken, Sha256, Time } from '#shared/protocol/ids'
import type { Queued, QueuedFile } from './queued'

// What was stored may be from another version, cut short or edited by hand: every read goes through these.

const isServerUrl = (text: string): text is ServerUrl => parseServerUrl(text) === text
export const SavedServer = v.pipe(v.string(), v.maxLength(512), v.guard(isServerUrl))

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A joined room as it was last known, to show and rejoin after a restart. */
export const SavedRoom = v.object({
  server: SavedServer,
  // Before there were direct conversations, nothing was said of a room's kind.
  room: v.object({ ...Room.entries, kind: v.optional(RoomKind, 'group') }),
  you: Member,
  readSeq: Count,
  // Not known of rooms saved before there were files: then the server alone says no.
  fileBytes: v.optional(Count, Number.MAX_SAFE_INTEGER),
})
export type SavedRoom = v.InferOutput<typeof SavedRoom>

const failures: readonly ClientErrorCode[] = [...errorCodes, 'offline', 'timed_out', 'not_kept']

const Failed = v.exactOptional(v.picklist(failures))

/** How far it came is the server's to say. */
const SavedFile: v.GenericSchema<unknown, QueuedFile> = v.pipe(
  v.object({
    fileId: FileId,
    name: v.string(),
    type: FileType,
    size: Count,
    looks: FileLooks,
    thumbnailOf: v.exactOptional(FileId),
    sha256: Sha256,
    state: v.picklist(['waiting', 'sending', 'paused', 'stored']),
  }),
  v.transform((file) => ({ ...file, sent: 0, state: file.state === 'paused' ? 'paused' : 'waiting' }) as const),
)

const SavedMessage = v.object({
  clientKey: ClientKey,
  text: v.string(),
  replyTo: v.exactOptional(Seq),
  files: v.exactOptional(v.array(SavedFile)),
  writtenAt: Time,
  failed: Failed,
  earlierTexts: v.exactOptional(v.array(v.string())),
})

const SavedChange: v.GenericSchema<unknown, MessageChange> = v.variant('kind', [
  v.object({ kind: v.literal('edit'), text: v.string() }),
  v.object({ kind: v.picklist(['react', 'unreact']), emoji: v.string() }),
  v.object({ kind: v.picklist(['delete', 'pin', 'unpin']) }),
])

export const SavedPending: v.GenericSchema<unknown, Queued> = v.union([
  SavedMessage,
  v.object({ clientKey: ClientKey, seq: Seq, change: SavedChange, failed: Failed }),
])

export const SavedRecent = v.pipe(
  v.object({ server: SavedServer, roomId: RoomId, title: v.string(), visitedAt: Time }),
  v.transform(({ server, roomId, title, visitedAt }): RecentRoom => ({
    key: roomKey(server, roomId),
    server,
    title,
    visitedAt,
  })),
)

/** In which outbox a file stands whose bytes are kept on this device. */
export const SavedFilePlace = v.object({ server: SavedServer, roomId: RoomId, fileId: FileId })
export type SavedFilePlace = v.InferOutput<typeof SavedFilePlace>

/** A room left while its server could not be told. */
export const SavedLeave = v.object({ server: SavedServer, roomId: RoomId, at: Time })
export type SavedLeave = v.InferOutput<typeof SavedLeave>

export const SavedSession = SessionToken
export const SavedName = v.pipe(v.string(), v.maxLength(512))

export const roomKey = (server: ServerUrl, roomId: RoomId): RoomKey => `${server}/${roomId}` as RoomKey
export const roomIdOf = ({ key, server }: { key: RoomKey; server: ServerUrl }): RoomId =>
  key.slice(server.length + 1) as RoomId
export const serverOf = (key: RoomKey): ServerUrl => key.slice(0, key.lastIndexOf('/')) as ServerUrl
