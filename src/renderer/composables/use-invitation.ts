import { computed } from 'vue'
import { ownServer } from '#shared/address'
import { useHosting } from '../stores/hosting'
import { useCurrentRoom } from './use-current-room'

/** How others come into the room on screen: its code, and the addresses where they can use it, the best first. */
export function useInvitation() {
  const room = useCurrentRoom()
  const hosting = useHosting()
  const isOwn = computed(() => room.value.server === ownServer)
  const running = computed(() => (hosting.hosting.state === 'running' ? hosting.hosting : undefined))

  const addresses = computed(() => (isOwn.value ? (running.value?.addresses ?? []) : [room.value.server]))
  const code = computed(() => room.value.room.roomId)
  const link = computed(() => addresses.value[0] && `${addresses.value[0]}/${code.value}`)
  const movedPort = computed(() => {
    const own = isOwn.value ? running.value : undefined
    return own && own.port !== own.wantedPort ? { wanted: own.wantedPort, port: own.port } : undefined
  })

  return { isOwn, addresses, code, link, movedPort }
}
