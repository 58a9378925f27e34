import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import { useChanges } from './changes'
import { useOutbox } from './outbox'
import { useTrays } from './trays'

/** What is being written for: an answer to a message, or a message to be changed; a key names one in the outbox. */
export interface Composition {
  readonly replyTo?: number
  readonly editing?: number | ClientKey
}

const plain: Composition = {}

/** What the composer of each room writes: a message, an answer or an edit. */
export const useCompositions = defineStore('compositions', () => {
  const [changes, outbox, trays] = [useChanges(), useOutbox(), useTrays()]
  const byRoom = shallowReactive(new Map<RoomKey, Composition>())

  const inRoom = (key: RoomKey): Composition => byRoom.get(key) ?? plain
  const reply = (key: RoomKey, replyTo: number) => void byRoom.set(key, { replyTo })
  const edit = (key: RoomKey, editing: number | ClientKey) => void byRoom.set(key, { editing })
  const cancel = (key: RoomKey) => void byRoom.delete(key)

  /** Does with a text what the composer was for. A new message takes along what lies in the tray. */
  async function submit(key: RoomKey, text: string): Promise<ClientReply<unknown> | 'stopped'> {
    const composition = inRoom(key)
    const { replyTo, editing } = composition
    cancel(key)
    const reply = await (typeof editing === 'number'
      ? changes.make(key, editing, { kind: 'edit', text })
      : editing !== undefined
        ? outbox.edit(key, editing, text)
        : send(key, text, replyTo))
    const isDone = reply !== 'stopped' && reply.ok
    if (!isDone && inRoom(key) === plain) byRoom.set(key, composition)
    return reply
  }

  async function send(key: RoomKey, text: string, replyTo?: number): Promise<ClientReply<unknown> | 'stopped'> {
    if (trays.inRoom(key).files.length === 0) return outbox.send(key, text, replyTo)
    const files = await trays.handOver(key)
    const reply = files !== 'stopped' && files.ok ? await outbox.send(key, text, replyTo, files.value) : files
    if (reply !== 'stopped' && reply.ok && files !== 'stopped' && files.ok) {
      trays.remove(key, ...files.value.map(({ fileId }) => fileId))
    }
    trays.stop(key)
    return reply
  }

  return { inRoom, reply, edit, cancel, forget: cancel, submit }
})
