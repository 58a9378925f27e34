import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { PlatformCalls, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { usePlatform } from '../composables/use-platform'
import { useRoomName } from '../composables/use-room-name'
import { findByName } from '../conversation/find-rooms'
import { searchTerms } from '../conversation/search-terms'
import { errorWords } from '../text/errors'
import { searchWords } from '../text/finding'
import { useRooms } from './rooms'

export interface Hit {
  readonly key: RoomKey
  readonly message: Message
}

// Soon enough to seem at once, and late enough for what a key repeats or an input method puts together.
const afterTypingMs = 40
const shortestWaitMs = 200

/** Finds messages while somebody types; only the answer to what was typed last counts. Kept from room to room. */
export const useSearch = defineStore('search', () => {
  const [platform, rooms, nameOf] = [usePlatform(), useRooms(), useRoomName()]
  const typed = ref('')
  /** The room to search in; absent: all of them. */
  const within = ref<RoomKey>()
  const found = shallowRef<readonly Hit[]>([])
  const state = ref<'idle' | 'searching' | 'done'>('idle')
  const hasMore = ref(false)
  const isTruncated = ref(false)
  const error = ref<string>()
  const wanted = computed(() => searchTerms(typed.value))
  const words = computed(() => wanted.value.words)
  // One may have left a room since.
  const hits = computed(() => found.value.filter(({ key }) => rooms.byKey.has(key)))
  let [asked, timer] = [0, undefined as ReturnType<typeof setTimeout> | undefined]

  const where = computed(() => {
    const { inRoom } = wanted.value
    if (inRoom === undefined) return { key: within.value }
    const named = rooms.all.map((one) => ({ key: one.key, name: nameOf(one) }))
    const [room] = findByName(named, inRoom)
    return room && { key: room.key }
  })

  function showNone() {
    found.value = []
    hasMore.value = false
    isTruncated.value = false
  }

  async function search(lastHit?: LastHit) {
    asked += 1
    const mine = asked
    error.value = undefined
    const { query } = wanted.value
    if (query === '' || !where.value) {
      showNone()
      state.value = 'idle'
      if (!where.value) error.value = searchWords.noSuchRoom
      return
    }
    state.value = 'searching'
    const { key } = where.value
    const reply = await platform.searchMessages({
      query,
      ...(key !== undefined && { key }),
      ...(lastHit && { lastHit }),
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
    found.value = lastHit ? [...found.value, ...reply.value.hits] : reply.value.hits
    hasMore.value = reply.value.hasMore
    isTruncated.value = reply.value.truncated === true
  }

  function searchSoon() {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), afterTypingMs)
  }
  watch(typed, searchSoon)

  /** What was found elsewhere is not what is asked for now. */
  function lookIn(key: RoomKey | undefined) {
    if (key === within.value) return
    asked += 1
    within.value = key
    showNone()
    state.value = wanted.value.query === '' ? 'idle' : 'searching'
    searchSoon()
  }
  const more = () => search(lastOf(found.value))
  return { typed, hits, state, hasMore, isTruncated, error, words, lookIn, again: searchSoon, more }
})

type LastHit = NonNullable<Parameters<PlatformCalls['searchMessages']>[0]['lastHit']>

/** Where a page ends. A server whose clock was set back may end with a message of a later time than others on it. */
function lastOf(hits: readonly Hit[]): LastHit | undefined {
  const last = hits.at(-1)
  return (
    last && { key: last.key, seq: last.message.seq, sentAt: Math.min(...hits.map(({ message }) => message.sentAt)) }
  )
}
