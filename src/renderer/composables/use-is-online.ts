import { computed, type ComputedRef } from 'vue'
import { useConnections } from '../stores/connections'
import { useCurrentRoom } from './use-current-room'

/** Whether the server of the room on screen can be asked now. */
export function useIsOnline(): ComputedRef<boolean> {
  const [room, connections] = [useCurrentRoom(), useConnections()]
  return computed(() => (connections.to(room.value.server)?.state ?? 'online') === 'online')
}
