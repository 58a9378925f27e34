import * as v from 'valibot'
import { parseServerUrl, type ServerUrl } from '#shared/address'
import type { ClientErrorCode, PendingMessage, RecentRoom, RoomKey } from '#shared/bridge'
import { Member, Room } from '#shared/protocol/entities'
import { errorCodes } from '#shared/protocol/errors'
import { ClientKey, RoomId, SessionToken, Time } from '#shared/protocol/ids'

// What was stored may be from another version, cut short or edited by hand: every read goes through these.

const isServerUrl = (text: string): text is ServerUrl => parseServerUrl(text) === text
export const SavedServer = v.pipe(v.string(), v.maxLength(512), v.guard(isServerUrl))

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A joined room as it was last known, to show and rejoin after a restart. */
export const SavedRoom = v.object({ server: SavedServer, room: Room, you: Member, readSeq: Count })
export type SavedRoom = v.InferOutput<typeof SavedRoom>

const failures: readonly ClientErrorCode[] = [...errorCodes, 'offline', 'timed_out']

export const SavedPending = v.pipe(
  v.object({
    clientKey: ClientKey,
    text: v.string(),
    writtenAt: Time,
    failed: v.optional(v.picklist(failures)),
  }),
  v.transform(({ failed, ...message }): PendingMessage => (failed === undefined ? message : { ...message, failed })),
)

export const SavedRecent = v.pipe(
  v.object({ server: SavedServer, roomId: RoomId, title: v.string(), visitedAt: Time }),
  v.transform(({ server, roomId, title, visitedAt }): RecentRoom => ({
    key: roomKey(server, roomId),
    server,
    title,
    visitedAt,
  })),
)

/** A room left while its server could not be told. */
export const SavedLeave = v.object({ server: SavedServer, roomId: RoomId, at: Time })
export type SavedLeave = v.InferOutput<typeof SavedLeave>

export const SavedSession = SessionToken
export const SavedName = v.pipe(v.string(), v.maxLength(512))

export const roomKey = (server: ServerUrl, roomId: RoomId): RoomKey => `${server}/${roomId}` as RoomKey
export const roomIdOf = ({ key, server }: { key: RoomKey; server: ServerUrl }): RoomId =>
  key.slice(server.length + 1) as RoomId
