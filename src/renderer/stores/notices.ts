import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import { condenseNotices, type Moved, type Notice } from '../conversation/condense-notices'

/** Who came and went while this window was open, as condensed lines between messages. */
export const useNotices = defineStore('notices', () => {
  const byRoom = shallowReactive(new Map<RoomKey, readonly Notice[]>())
  let made = 0

  const inRoom = (key: RoomKey): readonly Notice[] => byRoom.get(key) ?? []
  const forget = (key: RoomKey) => void byRoom.delete(key)

  function receive(key: RoomKey, moved: Moved, afterSeq: number) {
    made += 1
    byRoom.set(key, condenseNotices(inRoom(key), moved, afterSeq, `notice-${made}`))
  }

  return { inRoom, receive, forget }
})
