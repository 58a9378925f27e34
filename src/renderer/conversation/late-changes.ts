import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'

const mostKept = 500

/** Changes of messages that are not loaded: a page that was read before them must not bring the old versions back. */
export function createLateChanges() {
  const byRoom = shallowReactive(new Map<RoomKey, ReadonlyMap<number, Message>>())

  function keep(key: RoomKey, changed: readonly Message[]) {
    if (changed.length === 0) return
    const known = new Map(byRoom.get(key))
    for (const message of changed) {
      known.delete(message.seq)
      known.set(message.seq, message)
    }
    for (const seq of [...known.keys()].slice(0, -mostKept)) known.delete(seq)
    byRoom.set(key, known)
  }
  const inRoom = (key: RoomKey): readonly Message[] => [...(byRoom.get(key)?.values() ?? [])]

  function apply(key: RoomKey, page: readonly Message[]): readonly Message[] {
    const known = byRoom.get(key)
    if (!known) return page
    return page.map((message) => {
      const changed = known.get(message.seq)
      return changed && changed.rev > message.rev ? changed : message
    })
  }

  return { keep, inRoom, apply, forget: (key: RoomKey) => void byRoom.delete(key) }
}
