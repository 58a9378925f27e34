import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RoomKey } from '#shared/bridge'

export interface Place {
  readonly key: RoomKey
  readonly seq: number
}

const shownMs = 2_000

/** The message somebody wants to be taken to, and the one they have just been taken to. */
export const useJumps = defineStore('jumps', () => {
  const target = shallowRef<Place>()
  const reached = shallowRef<Place>()
  let fading: ReturnType<typeof setTimeout> | undefined

  const to = (key: RoomKey, seq: number) => void (target.value = { key, seq })

  function arrive(place: Place) {
    if (target.value?.key === place.key) target.value = undefined
    reached.value = place
    clearTimeout(fading)
    fading = setTimeout(() => void (reached.value = undefined), shownMs)
  }
  const giveUp = () => void (target.value = undefined)
  const isReached = (key: RoomKey, seq: number): boolean => reached.value?.key === key && reached.value.seq === seq

  return { target, to, arrive, giveUp, isReached }
})
