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

  const send = (key: RoomKey, text: string, replyTo?: number) =>
    platform.sendMessage({
      key,
      clientKey: uuidv7() as ClientKey,
      text,
      ...(replyTo !== undefined && { replyTo }),
    })
  const retry = (key: RoomKey, clientKey: ClientKey) =>
    platform.changePending({ key, clientKey, change: { kind: 'retry' } })
  const discard = (key: RoomKey, clientKey: ClientKey) =>
    platform.changePending({ key, clientKey, change: { kind: 'discard' } })
  const edit = (key: RoomKey, clientKey: ClientKey, text: string) =>
    platform.changePending({ key, clientKey, change: { kind: 'edit', text } })

  return { inRoom, receive, forget, send, retry, discard, edit }
})
