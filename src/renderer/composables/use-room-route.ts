import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { parseServerUrl } from '#shared/address'
import { foldRoomCode } from '#shared/protocol/room-code'
import { roomKeyOf } from '../room-key'
import { useProfile } from '../stores/profile'
import { useRooms } from '../stores/rooms'

/** The room that the address of the screen names, whether one is in it or not. The first screen names none. */
export function useRoomRoute() {
  const [route, rooms, profile] = [useRoute(), useRooms(), useProfile()]

  const code = computed(() => (route.name === 'room' ? foldRoomCode(String(route.params.roomId)) : undefined))
  const server = computed(() => parseServerUrl(String(route.query.server ?? '')) ?? profile.lastServer)
  const key = computed(() => (code.value && server.value ? roomKeyOf(server.value, code.value) : undefined))
  const room = computed(() => key.value && rooms.byKey.get(key.value))
  return { code, server, key, room }
}
