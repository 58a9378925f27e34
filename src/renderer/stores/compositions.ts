import { defineStore } from 'pinia'
import * as v from 'valibot'
import { shallowReactive } from 'vue'
import type { ClientReply, RoomKey } from '#shared/bridge'
import { ClientKey, Seq } from '#shared/protocol/ids'
import { usePageStorage } from '../composables/use-page-storage'
import { useChanges } from './changes'
import { useMessages } from './messages'
import { useOutbox } from './outbox'
import { useRooms } from './rooms'
import { useTrays } from './trays'

/** What is being written for: an answer to a message, or a message to be changed; a key names one in the outbox. */
export interface Composition {
  readonly replyTo?: number
  readonly editing?: number | ClientKey
}

const plain: Composition = {}

/** What the composer of each room writes: a message, an answer or an edit; kept in this window's storage like a draft. */
export const useCompositions = defineStore('compositions', () => {
  const [storage, messages, rooms] = [usePageStorage(), useMessages(), useRooms()]
  const [changes, outbox, trays] = [useChanges(), useOutbox(), useTrays()]
  const byRoom = shallowReactive(new Map<RoomKey, Composition>())
  /** What is edited, as it is to be. */
  const revised = shallowReactive(new Map<RoomKey, string>())

  const inRoom = (key: RoomKey): Composition => byRoom.get(key) ?? plain
  const revisedIn = (key: RoomKey): string => revised.get(key) ?? ''

  function begin(key: RoomKey, composition: Composition, text = '') {
    byRoom.set(key, composition)
    revise(key, text)
  }
  function revise(key: RoomKey, text: string) {
    revised.set(key, text)
    storage.write(`composition:${key}`, JSON.stringify({ ...inRoom(key), text }))
  }
  const reply = (key: RoomKey, replyTo: number) => begin(key, { replyTo })
  const edit = (key: RoomKey, editing: number | ClientKey) => begin(key, { editing }, textOf(key, editing))
  function cancel(key: RoomKey) {
    byRoom.delete(key)
    revised.delete(key)
    storage.write(`composition:${key}`, undefined)
  }
  /** Goes on where a window that was closed left off. */
  function resume(key: RoomKey) {
    const { text = '', ...composition } = byRoom.has(key) ? {} : keptComposition(storage.read(`composition:${key}`))
    if (composition.replyTo !== undefined || composition.editing !== undefined) begin(key, composition, text)
  }

  /** The text of an own message, wherever it is by now. */
  function textOf(key: RoomKey, which: number | ClientKey): string {
    if (typeof which !== 'number') return outbox.inRoom(key).find((one) => one.clientKey === which)?.text ?? ''
    const [message, room] = [messages.find(key, which), rooms.byKey.get(key)]
    return message && room ? changes.applied(key, message, room.you.memberId).text : ''
  }

  /** Does with a text what the composer was for. A new message takes along what lies in the tray. */
  async function submit(key: RoomKey, text: string): Promise<ClientReply<unknown> | 'stopped'> {
    const composition = inRoom(key)
    const { replyTo, editing } = composition
    const isUnchanged = editing !== undefined && text === textOf(key, editing)
    cancel(key)
    if (isUnchanged) return { ok: true, value: {} }
    const reply = await (typeof editing === 'number'
      ? changes.make(key, editing, { kind: 'edit', text })
      : editing !== undefined
        ? outbox.edit(key, editing, text)
        : send(key, text, replyTo))
    const isDone = reply !== 'stopped' && reply.ok
    if (!isDone && inRoom(key) === plain) begin(key, composition, editing === undefined ? '' : text)
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

  return { inRoom, revisedIn, reply, edit, revise, cancel, forget: cancel, resume, submit }
})

const Kept = v.object({
  replyTo: v.exactOptional(Seq),
  editing: v.exactOptional(v.union([Seq, ClientKey])),
  text: v.string(),
})
type Kept = v.InferOutput<typeof Kept>

/** What was stored may be of another version, or edited by hand. */
function keptComposition(stored = '{}'): Partial<Kept> {
  try {
    return v.parse(Kept, JSON.parse(stored))
  } catch {
    return {}
  }
}
