import type { Member, RoomKind } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { spacedRoomCode } from '#shared/protocol/room-code'
import { titleWords } from './text/rooms'

/** A room without a title goes by its code. */
const titleOf = ({ title, roomId }: { title: string; roomId: string }): string =>
  title === '' ? spacedRoomCode(roomId) : title

/** A conversation of two goes by the other's name. */
export function roomName(
  room: { kind: RoomKind; title: string; roomId: string },
  people: readonly Pick<Member, 'memberId' | 'name'>[],
  you: MemberId,
): string {
  if (room.kind !== 'direct') return titleOf(room)
  return people.find(({ memberId }) => memberId !== you)?.name ?? titleWords.direct
}
