import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RecentRoom, RoomKey } from '#shared/bridge'
import { usePlatform } from '../composables/use-platform'

/** Rooms this person was in and can go back to, the latest first. */
export const useRecentRooms = defineStore('recent-rooms', () => {
  const platform = usePlatform()
  const recent = shallowRef<readonly RecentRoom[]>([])

  const receive = (news: readonly RecentRoom[]) => void (recent.value = news)
  const forget = (key: RoomKey) => platform.leaveRoom({ key, how: 'forget' })

  return { recent, receive, forget }
})
