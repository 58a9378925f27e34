import type { ServerUrl } from '#shared/address'
import type { RoomKey } from '#shared/bridge'
import { foldRoomCode } from '#shared/protocol/room-code'

export const roomKeyOf = (server: ServerUrl, code: string): RoomKey => `${server}/${foldRoomCode(code)}` as RoomKey
