import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { ReadMark } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

/** How far the others in each room have read, as far as they let it be known. */
export const useReads = defineStore('reads', () => {
  const byRoom = shallowReactive(new Map<RoomKey, ReadonlyMap<MemberId, number>>())

  const inRoom = (key: RoomKey): ReadonlyMap<MemberId, number> => byRoom.get(key) ?? new Map<MemberId, number>()
  const replace = (key: RoomKey, reads: readonly ReadMark[]) =>
    void byRoom.set(key, new Map(reads.map(({ memberId, seq }) => [memberId, seq])))
  /** A mark of 0 takes back what was known. */
  const receive = (key: RoomKey, memberId: MemberId, seq: number) =>
    void byRoom.set(key, new Map(inRoom(key)).set(memberId, seq))
  const forget = (key: RoomKey) => void byRoom.delete(key)

  return { inRoom, replace, receive, forget }
})
