import { computed, ref, watch, type Ref } from 'vue'
import { entriesOf, isPrepended, type Entry } from '../conversation/entries'
import { useMessages } from '../stores/messages'
import { useNotices } from '../stores/notices'
import { useOutbox } from '../stores/outbox'
import { useRooms } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { useAttention } from './use-attention'
import { useCurrentRoom } from './use-current-room'
import { useDelayed } from './use-delayed'
import { useIsOnline } from './use-is-online'

interface View {
  stretch: number
  rows: readonly Entry[]
  isPrepended: boolean
}

/** The rows of the room on screen. */
export function useConversation() {
  const [room, messages, notices, outbox] = [useCurrentRoom(), useMessages(), useNotices(), useOutbox()]
  const shown = computed(() => messages.shownIn(room.value.key))

  const view = computed<View>((before) => {
    const { key, you } = room.value
    const { id: stretch, messages: said, older, newer } = shown.value
    const rows = entriesOf({
      messages: said,
      notices: notices.inRoom(key),
      pending: outbox.inRoom(key),
      hasOlder: older !== 'none',
      hasNewer: newer !== 'none',
      you: you.memberId,
    })
    return { stretch, rows, isPrepended: before?.stretch === stretch && isPrepended(before.rows, rows) }
  })
  const older = computed(() => shown.value.older)
  const newer = computed(() => shown.value.newer)
  return {
    view,
    older,
    newer,
    fetchOlder: () => messages.fetchOlder(room.value.key),
    fetchNewer: () => messages.fetchNewer(room.value.key),
  }
}

/** Who only passes through a room on the way to another has not read it. */
const settledAfterMs = 3_000

/** Marks the room read while somebody looks at its newest message, and counts what comes while they look elsewhere. */
export function useReading(isAtEnd: Readonly<Ref<boolean>>) {
  const [room, rooms, messages, unread] = [useCurrentRoom(), useRooms(), useMessages(), useUnread()]
  const [isOnline, isAttentive] = [useIsOnline(), useAttention()]
  // Who looks at a room that cannot be heard misses what is said, and has it all at once when it can be heard again.
  const isWatched = computed(() => isAttentive.value && isOnline.value)
  const isSettled = useDelayed(isWatched, settledAfterMs)
  const newest = computed(() => messages.inRoom(room.value.key).at(-1)?.seq ?? 0)
  const leftAt = ref(newest.value)

  watch(
    [isSettled, isAtEnd, newest],
    () => {
      if (isAtEnd.value) leftAt.value = newest.value
      if (isSettled.value && isAtEnd.value) rooms.markRead(room.value.key, newest.value)
    },
    { immediate: true },
  )
  const missed = computed(() => unread.since(room.value, leftAt.value).length)
  return { missed, isWatched, isSettled }
}
