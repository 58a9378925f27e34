import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { ReadMark } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

/** Servers tell of reading in small rooms only. */
const mostReads = 200

/** How far the others in each room have read, as far as they let it be known. */
export const useReads = defineStore('reads', () => {
  const byRoom = shallowReactive(new Map<RoomKey, ReadonlyMap<MemberId, number>>())

  const inRoom = (key: RoomKey): ReadonlyMap<MemberId, number> => byRoom.get(key) ?? new Map<MemberId, number>()
  const replace = (key: RoomKey, reads: readonly ReadMark[]) =>
    void byRoom.set(key, new Map(reads.slice(0, mostReads).map(({ memberId, seq }) => [memberId, seq])))
  /** A mark of 0 takes back what was known. */
  function receive(key: RoomKey, memberId: MemberId, seq: number) {
    const known = inRoom(key)
    if (known.size >= mostReads && !known.has(memberId)) return
    const reads = new Map(known)
    if (seq === 0) reads.delete(memberId)
    else reads.set(memberId, seq)
    byRoom.set(key, reads)
  }
  const forget = (key: RoomKey) => void byRoom.delete(key)

  return { inRoom, replace, receive, forget }
})
