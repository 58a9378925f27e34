import { spacedRoomCode } from '#shared/protocol/room-code'

/** A room without a title goes by its code. */
export const titleOf = ({ title, roomId }: { title: string; roomId: string }): string =>
  title === '' ? spacedRoomCode(roomId) : title
