import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { uuidv7 } from 'uuidv7'
import type { OwnFile, PendingMessage, RoomKey } from '#shared/bridge'
import type { ClientKey, FileId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'

/** What this person wrote and no server has acknowledged yet, per room. */
export const useOutbox = defineStore('outbox', () => {
  const platform = usePlatform()
  const byRoom = shallowReactive(new Map<RoomKey, readonly PendingMessage[]>())

  const inRoom = (key: RoomKey): readonly PendingMessage[] => byRoom.get(key) ?? []
  const receive = (key: RoomKey, pending: readonly PendingMessage[]) => void byRoom.set(key, pending)
  const forget = (key: RoomKey) => void byRoom.delete(key)

  const send = (key: RoomKey, text: string, replyTo?: number, files: readonly OwnFile[] = []) =>
    platform.sendMessage({
      key,
      clientKey: uuidv7() as ClientKey,
      text,
      ...(replyTo !== undefined && { replyTo }),
      ...(files.length > 0 && { files }),
    })
  const retry = (key: RoomKey, clientKey: ClientKey) =>
    platform.changePending({ key, clientKey, change: { kind: 'retry' } })
  const discard = (key: RoomKey, clientKey: ClientKey) =>
    platform.changePending({ key, clientKey, change: { kind: 'discard' } })
  const edit = (key: RoomKey, clientKey: ClientKey, text: string) =>
    platform.changePending({ key, clientKey, change: { kind: 'edit', text } })
  const changeFile = (key: RoomKey, fileId: FileId, kind: 'pause' | 'resume' | 'discard') =>
    platform.changePending({ key, fileId, change: { kind } })

  return { inRoom, receive, forget, send, retry, discard, edit, changeFile }
})
