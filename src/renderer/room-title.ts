import type { Member, Message, RoomKind } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { spacedRoomCode } from '#shared/protocol/room-code'
import { titleWords } from './text/rooms'

/** A room without a title goes by its code. */
const titleOf = ({ title, roomId }: { title: string; roomId: string }): string =>
  title === '' ? spacedRoomCode(roomId) : title

/** A conversation of two goes by the other's name; when they have left, what they `said` still tells it. */
export function roomName(
  room: { kind: RoomKind; title: string; roomId: string },
  you: MemberId,
  members: readonly Member[],
  said: () => readonly Message[],
): string {
  if (room.kind !== 'direct') return titleOf(room)
  const isOther = ({ memberId }: Message['author']) => memberId !== you
  const other = members.find(isOther) ?? said().find(({ author }) => isOther(author))?.author
  return other?.name ?? titleWords.direct
}
