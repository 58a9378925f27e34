import { useRouter } from 'vue-router'
import type { ServerUrl } from '#shared/address'
import type { RoomKey } from '#shared/bridge'
import { roomRoute } from '../room-route'
import { usePlatform } from './use-platform'

/** Goes to a room by its key: `http://192.168.1.5:4545/ABC234`. */
export function useEnterRoom() {
  const { kind } = usePlatform()
  const router = useRouter()
  return (key: RoomKey) => router.push(roomRoute(kind, { key, server: serverOf(key) }))
}

const serverOf = (key: RoomKey): ServerUrl => key.slice(0, key.lastIndexOf('/')) as ServerUrl
