import { defineStore } from 'pinia'
import type { RoomKey } from '#shared/bridge'

/** Where somebody was reading in a room they switched away from: the first row on screen. Absent: at the newest. */
export const usePlaces = defineStore('places', () => {
  const byRoom = new Map<RoomKey, string>()

  const inRoom = (key: RoomKey): string | undefined => byRoom.get(key)
  const keep = (key: RoomKey, entry: string | undefined) => void (entry ? byRoom.set(key, entry) : byRoom.delete(key))

  return { inRoom, keep }
})
