import type { RoomKey } from '#shared/bridge'
import { useJumps } from '../stores/jumps'
import { usePanels } from '../stores/panels'
import { useCurrentRoom } from './use-current-room'
import { useEnterRoom } from './use-enter-room'

/** Goes to a message in any room. */
export function useOpenPlace() {
  const [room, jumps, panels, enterRoom] = [useCurrentRoom(), useJumps(), usePanels(), useEnterRoom()]

  return (key: RoomKey, seq: number) => {
    panels.isSheetOpen = false
    jumps.to(key, seq)
    if (key !== room.value.key) void enterRoom(key)
  }
}
