import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { uuidv7 } from 'uuidv7'
import type { PendingMessage, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'

/** What this person wrote and no server has acknowledged yet, per room. */
export const useOutbox = defineStore('outbox', () => {
  const platform = usePlatform()
  const byRoom = shallowReactive(new Map<RoomKey, readonly PendingMessage[]>())

  const inRoom = (key: RoomKey): readonly PendingMessage[] => byRoom.get(key) ?? []
  const receive = (key: RoomKey, pending: readonly PendingMessage[]) => void byRoom.set(key, pending)
  const forget = (key: RoomKey) => void byRoom.delete(key)

  const send = (key: RoomKey, text: string) => platform.sendMessage({ key, clientKey: uuidv7() as ClientKey, text })
  const retry = (key: RoomKey, clientKey: ClientKey) => platform.retryMessage({ key, clientKey })
  const discard = (key: RoomKey, clientKey: ClientKey) => platform.discardMessage({ key, clientKey })

  return { inRoom, receive, forget, send, retry, discard }
})
