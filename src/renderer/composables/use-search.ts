import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { findByName } from '../conversation/find-rooms'
import { searchTerms } from '../conversation/search-terms'
import { usePanels } from '../stores/panels'
import { useRooms } from '../stores/rooms'
import { errorWords } from '../text/errors'
import { searchWords } from '../text/finding'
import { useCurrentRoom } from './use-current-room'
import { usePlatform } from './use-platform'
import { useRoomName } from './use-room-name'

export interface Hit {
  readonly key: RoomKey
  readonly message: Message
}

// Soon enough to seem at once, and late enough for what a key repeats or an input method puts together.
const afterTypingMs = 40
const shortestWaitMs = 200

/** Finds messages while somebody types; only the answer to what was typed last counts. */
export function useSearch() {
  const [platform, room, rooms, panels, nameOf] = [
    usePlatform(),
    useCurrentRoom(),
    useRooms(),
    usePanels(),
    useRoomName(),
  ]
  const typed = ref('')
  const hits = shallowRef<readonly Hit[]>([])
  const state = ref<'idle' | 'searching' | 'done'>('idle')
  const hasMore = ref(false)
  const error = ref<string>()
  const wanted = computed(() => searchTerms(typed.value))
  let [asked, timer] = [0, undefined as ReturnType<typeof setTimeout> | undefined]

  const where = computed(() => {
    const { inRoom } = wanted.value
    if (inRoom === undefined) return { key: panels.scope === 'room' ? room.value.key : undefined }
    const named = rooms.all.map((one) => ({ key: one.key, name: nameOf(one) }))
    const [found] = findByName(named, inRoom)
    return found && { key: found.key }
  })

  async function search(lastHit?: Hit) {
    asked += 1
    const mine = asked
    error.value = undefined
    const { query } = wanted.value
    if (query === '' || !where.value) {
      hits.value = []
      hasMore.value = false
      state.value = 'idle'
      if (!where.value) error.value = searchWords.noSuchRoom
      return
    }
    state.value = 'searching'
    const { key } = where.value
    const reply = await platform.searchMessages({
      query,
      ...(key !== undefined && { key }),
      ...(lastHit && { lastHit: placeOf(lastHit) }),
    })
    if (mine !== asked) return
    if (!reply.ok && reply.error.code === 'rate_limited') {
      // Somebody types on and on: the server will have time for the last word.
      timer = setTimeout(() => void search(lastHit), reply.error.retryAfterMs ?? shortestWaitMs)
      return
    }
    state.value = 'done'
    if (!reply.ok) {
      error.value = errorWords[reply.error.code]
      return
    }
    hits.value = lastHit ? [...hits.value, ...reply.value.hits] : reply.value.hits
    hasMore.value = reply.value.hasMore
  }

  watch([typed, () => panels.scope], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), afterTypingMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  const more = () => search(hits.value.at(-1))
  return { typed, hits, state, hasMore, error, words: computed(() => wanted.value.words), more }
}

const placeOf = ({ key, message: { seq, sentAt } }: Hit) => ({ key, seq, sentAt })
