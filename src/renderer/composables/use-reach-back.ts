import { computed, ref, watch } from 'vue'
import { useConnections } from '../stores/connections'
import { useMessages } from '../stores/messages'
import { useRooms, type OpenRoom } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { whenIdle } from './when-idle'

/** Beyond this a number says no more than "many". */
const mostLoaded = 500

/** Loads what is unread beyond the newest page of each room, one page at a time: only what is here can be counted. */
export function useReachBack() {
  const [rooms, messages, unread, connections] = [useRooms(), useMessages(), useUnread(), useConnections()]
  const isIdle = ref(false)
  whenIdle(() => void (isIdle.value = true))

  function isLacking(room: OpenRoom): boolean {
    const { messages: loaded, older } = messages.liveIn(room.key)
    if (older !== 'more' || loaded.length >= mostLoaded) return false
    return connections.to(room.server)?.state === 'online' && unread.hasMoreSince(room, room.readSeq)
  }
  const next = computed(() => (isIdle.value ? rooms.all.find(isLacking)?.key : undefined))

  let isReaching = false
  async function reach() {
    if (isReaching) return
    isReaching = true
    // A page that did not come is not asked for until something has changed, such as the connection.
    while (next.value !== undefined && (await messages.reachBack(next.value))) continue
    isReaching = false
  }
  watch(next, reach, { immediate: true })
}
