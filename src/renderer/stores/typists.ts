import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { MemberId } from '#shared/protocol/ids'

const goneAfterMs = 6_000
/** The line has room for a few names. */
const mostTypists = 20

/** Who is writing right now, per room; somebody whose word of it stops coming is no longer believed. */
export const useTypists = defineStore('typists', () => {
  const byRoom = shallowReactive(new Map<RoomKey, ReadonlyMap<MemberId, ReturnType<typeof setTimeout>>>())

  const inRoom = (key: RoomKey): readonly MemberId[] => [...(byRoom.get(key)?.keys() ?? [])]

  function receive(key: RoomKey, memberId: MemberId, isTyping: boolean) {
    const known = byRoom.get(key)
    clearTimeout(known?.get(memberId))
    if (isTyping ? (known?.size ?? 0) >= mostTypists && !known?.has(memberId) : !known?.has(memberId)) return
    const typing = new Map(known)
    if (isTyping) {
      typing.set(
        memberId,
        setTimeout(() => receive(key, memberId, false), goneAfterMs),
      )
    } else typing.delete(memberId)
    byRoom.set(key, typing)
  }

  function forget(key: RoomKey) {
    for (const timer of byRoom.get(key)?.values() ?? []) clearTimeout(timer)
    byRoom.delete(key)
  }

  return { inRoom, receive, forget }
})
