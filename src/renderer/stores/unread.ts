import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { RoomKey } from '#shared/bridge'
import { countUnread } from '../conversation/count-unread'
import { useMessages } from './messages'
import { useRooms } from './rooms'

/** How many messages wait to be read, per room and in all. */
export const useUnread = defineStore('unread', () => {
  const [rooms, messages] = [useRooms(), useMessages()]

  const byRoom = computed(
    () =>
      new Map(
        rooms.all.map(({ key, readSeq, you }) => [key, countUnread(messages.inRoom(key), readSeq, you.memberId)]),
      ),
  )
  const total = computed(() => [...byRoom.value.values()].reduce((sum, unread) => sum + unread, 0))
  const inRoom = (key: RoomKey): number => byRoom.value.get(key) ?? 0

  return { inRoom, total }
})
