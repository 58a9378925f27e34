import { defineStore } from 'pinia'
import type { RoomKey } from '#shared/bridge'

/** Where somebody was reading in a room they switched away from: the first row on screen. Absent: at the newest. */
export const usePlaces = defineStore('places', () => {
  const byRoom = new Map<RoomKey, string>()

  const inRoom = (key: RoomKey): string | undefined => byRoom.get(key)
  function keep(key: RoomKey, entry: string | undefined) {
    if (entry === undefined) byRoom.delete(key)
    else byRoom.set(key, entry)
  }

  return { inRoom, keep }
})
