import { roomName } from '../room-title'
import { useMembers } from '../stores/members'
import type { OpenRoom } from '../stores/rooms'

/** What a room goes by: its title, or the other person's name. */
export function useRoomName() {
  const members = useMembers()
  return (room: OpenRoom): string => roomName(room.room, members.inRoom(room.key), room.you.memberId)
}
