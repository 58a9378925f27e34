import { computed, ref, shallowRef, watch } from 'vue'
import type { Message } from '#shared/protocol/entities'
import { mergeBySeq } from '../conversation/merge-by-seq'
import { useChanges } from '../stores/changes'
import { useMessages } from '../stores/messages'
import { errorWords } from '../text/errors'
import { useCurrentRoom } from './use-current-room'
import { useIsOnline } from './use-is-online'

/** What is pinned in the room on screen, the latest first: what the server told, with what has changed since. */
export function usePinned() {
  const [room, messages, changes, isOnline] = [useCurrentRoom(), useMessages(), useChanges(), useIsOnline()]
  const fetched = shallowRef<readonly Message[]>([])
  const error = ref<string>()
  const isLoading = ref(true)

  const pinned = computed(() => {
    const { key, you } = room.value
    return [messages.changedIn(key), messages.shownIn(key).messages]
      .reduce(mergeBySeq, fetched.value)
      .map((message) => changes.applied(key, message, you.memberId))
      .filter((message) => message.pinned)
      .reverse()
  })

  async function load() {
    const reply = await messages.fetchPage(room.value.key, { pinned: true })
    isLoading.value = false
    error.value = reply.ok ? undefined : errorWords[reply.error.code]
    if (reply.ok) fetched.value = reply.value.messages
  }
  watch(isOnline, (is) => (is || isLoading.value) && load(), { immediate: true })
  return { pinned, error, isLoading }
}
