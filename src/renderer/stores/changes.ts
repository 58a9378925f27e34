import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { MessageChange, PendingChange, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'
import { withChange } from '../conversation/with-change'

/** What this person changed about messages and no server has acknowledged yet, per room. */
export const useChanges = defineStore('changes', () => {
  const platform = usePlatform()
  const byRoom = shallowReactive(new Map<RoomKey, readonly PendingChange[]>())

  const of = (key: RoomKey, seq: number): readonly PendingChange[] =>
    (byRoom.get(key) ?? []).filter((change) => change.seq === seq)
  const receive = (key: RoomKey, changes: readonly PendingChange[]) => void byRoom.set(key, changes)
  const forget = (key: RoomKey) => void byRoom.delete(key)

  /** The message as if every change that has not failed had been made. */
  const applied = (key: RoomKey, message: Message, you: MemberId): Message =>
    of(key, message.seq)
      .filter(({ failed }) => failed === undefined)
      .reduce((changed, { change }) => withChange(changed, change, you), message)
  const failedOn = (key: RoomKey, seq: number): PendingChange | undefined =>
    of(key, seq).find(({ failed }) => failed !== undefined)

  const make = (key: RoomKey, seq: number, change: MessageChange) => platform.changeMessage({ key, seq, change })
  const retry = (key: RoomKey, seq: number) => platform.changePending({ key, seq, change: { kind: 'retry' } })
  const dismiss = (key: RoomKey, seq: number) => platform.changePending({ key, seq, change: { kind: 'discard' } })

  return { of, receive, forget, applied, failedOn, make, retry, dismiss }
})
