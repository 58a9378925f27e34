import { roomName } from '../room-title'
import { useMembers } from '../stores/members'
import { useMessages } from '../stores/messages'
import type { OpenRoom } from '../stores/rooms'

/** What a room goes by: its title, or the other person's name, who may have left it. */
export function useRoomName() {
  const [members, messages] = [useMembers(), useMessages()]
  return ({ key, room, you }: OpenRoom): string =>
    roomName(room, you.memberId, members.inRoom(key), () => messages.inRoom(key))
}
