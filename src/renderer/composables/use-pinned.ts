import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Message } from '#shared/protocol/entities'
import { limits } from '#shared/protocol/limits'
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

  let isShown = true
  onScopeDispose(() => (isShown = false))

  async function load() {
    const { key } = room.value
    const all: Message[] = []
    for (let hasMore = true; hasMore && isShown;) {
      const after = all.at(-1)?.seq
      const reply = await messages.fetchPage(key, { pinned: true, ...(after !== undefined && { after }) })
      isLoading.value = false
      error.value = reply.ok ? undefined : errorWords[reply.error.code]
      if (!reply.ok) return
      all.push(...reply.value.messages)
      hasMore = reply.value.hasNewer && all.length < limits.pinsPerRoom
      // Fewer than before are not shown while the rest is on its way.
      if (!hasMore || fetched.value.length < all.length) fetched.value = [...all]
    }
  }
  watch(isOnline, (is) => (is || isLoading.value) && load(), { immediate: true })
  return { pinned, error, isLoading }
}
