import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import { useChanges } from './changes'
import { useOutbox } from './outbox'

/** What is being written for: an answer to a message, or a message to be changed; a key names one in the outbox. */
export interface Composition {
  readonly replyTo?: number
  readonly editing?: number | ClientKey
}

const plain: Composition = {}

/** What the composer of each room writes: a message, an answer or an edit. */
export const useCompositions = defineStore('compositions', () => {
  const [changes, outbox] = [useChanges(), useOutbox()]
  const byRoom = shallowReactive(new Map<RoomKey, Composition>())

  const inRoom = (key: RoomKey): Composition => byRoom.get(key) ?? plain
  const reply = (key: RoomKey, replyTo: number) => void byRoom.set(key, { replyTo })
  const edit = (key: RoomKey, editing: number | ClientKey) => void byRoom.set(key, { editing })
  const cancel = (key: RoomKey) => void byRoom.delete(key)

  /** Does with a text what the composer was for. */
  async function submit(key: RoomKey, text: string): Promise<ClientReply<unknown>> {
    const composition = inRoom(key)
    const { replyTo, editing } = composition
    cancel(key)
    const reply = await (typeof editing === 'number'
      ? changes.make(key, editing, { kind: 'edit', text })
      : editing !== undefined
        ? outbox.edit(key, editing, text)
        : outbox.send(key, text, replyTo))
    if (!reply.ok && inRoom(key) === plain) byRoom.set(key, composition)
    return reply
  }

  return { inRoom, reply, edit, cancel, forget: cancel, submit }
})
