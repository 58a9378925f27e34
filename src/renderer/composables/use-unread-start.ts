import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useJumps } from '../stores/jumps'
import { useMessages } from '../stores/messages'
import { useUnread } from '../stores/unread'
import { useCurrentRoom } from './use-current-room'

export interface UnreadStart {
  readonly count: number
  readonly since: number
  /** There are more than are loaded. */
  readonly hasMore: boolean
}

/** Where the person left off when the room was opened, until they have been there or do not care. */
export function useUnreadStart(readUntil: Readonly<Ref<number>>, isSettled: Readonly<Ref<boolean>>) {
  const [room, messages, unread, jumps] = [useCurrentRoom(), useMessages(), useUnread(), useJumps()]
  const { key } = room.value
  const isDone = ref(false)

  /** What waited when the room was first there. */
  const opening = shallowRef<UnreadStart & { seq: number }>()
  function look() {
    const { messages: loaded, older } = messages.liveIn(key)
    const readSeq = readUntil.value
    const waiting = unread.since(room.value, readSeq)
    const first = waiting.at(-1)
    if (!first || readSeq === 0) return
    const hasMore = older !== 'none' && (loaded[0]?.seq ?? 0) > readSeq
    opening.value = { count: waiting.length, since: first.sentAt, hasMore, seq: first.seq }
  }
  watch(
    () => room.value.ready,
    (isReady) => isReady && !opening.value && look(),
    { immediate: true },
  )

  /** The rows above this seq are out of view. */
  const topSeq = ref(0)
  const isAbove = computed(() => {
    const first = opening.value
    return first !== undefined && (first.hasMore || topSeq.value > first.seq)
  })
  const start = computed<UnreadStart | undefined>(() => (isDone.value || !isAbove.value ? undefined : opening.value))
  // Who has had everything new in view for a while has been there.
  watch(isSettled, (now) => now && !isAbove.value && (isDone.value = true))

  return {
    start,
    seen: (seq: number | undefined, isByHand: boolean) => {
      topSeq.value = seq ?? 0
      // A list that is still being laid out passes many places nobody has seen.
      if (isByHand && seq !== undefined && !isAbove.value) isDone.value = true
    },
    dismiss: () => {
      const wasOpen = start.value !== undefined
      isDone.value = true
      return wasOpen
    },
    toFirst: () => {
      if (!opening.value) return
      isDone.value = true
      // What is not loaded begins after the last message they read.
      jumps.to(key, opening.value.hasMore ? readUntil.value : opening.value.seq)
    },
  }
}
