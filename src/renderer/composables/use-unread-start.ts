import { computed, ref, watch, type Ref } from 'vue'
import { useJumps } from '../stores/jumps'
import { useMessages } from '../stores/messages'
import { useUnread } from '../stores/unread'
import { useCurrentRoom } from './use-current-room'
import { useDelayed } from './use-delayed'

export interface UnreadStart {
  readonly count: number
  readonly since: number
  /** There are more than are loaded. */
  readonly hasMore: boolean
}

/** How long after it is looked at again a window hears what it has missed. */
const awakeAfterMs = 1_000

interface Attention {
  isWatched: Readonly<Ref<boolean>>
  isSettled: Readonly<Ref<boolean>>
}

/**
 * Where the person left off before they last began to look here. What leads there goes once they have been there; the
 * line stays where it is, so that nothing moves under their eyes, until they look away and back or dismiss it.
 */
export function useUnreadStart({ isWatched, isSettled }: Attention) {
  const [room, messages, unread, jumps] = [useCurrentRoom(), useMessages(), useUnread(), useJumps()]
  const { key } = room.value
  /** What waited when they began to look: everything after one seq up to another. */
  const waiting = ref({ after: 0, until: 0 })
  const stage = ref<'ahead' | 'been' | 'dismissed'>('ahead')

  const opening = computed<(UnreadStart & { seq: number }) | undefined>(() => {
    const { after, until } = waiting.value
    if (after >= until) return undefined
    const news = unread.since(room.value, after).filter(({ seq }) => seq <= until)
    const first = news.at(-1)
    if (!first) return undefined
    return {
      count: news.length,
      since: first.sentAt,
      hasMore: unread.hasMoreSince(room.value, after),
      seq: first.seq,
    }
  })

  function look() {
    const { after } = waiting.value
    const goesOn = stage.value === 'ahead' && opening.value !== undefined
    waiting.value = {
      after: goesOn ? after : room.value.readSeq,
      until: messages.inRoom(key).at(-1)?.seq ?? 0,
    }
    if (waiting.value.after !== after) stage.value = 'ahead'
  }
  // Before the server has answered it may know of more: what was read elsewhere, or just before a reload.
  watch(
    [() => room.value.ready, isWatched],
    ([isReady, isLooking]) => isReady && (isLooking || waiting.value.until === 0) && look(),
    { immediate: true },
  )
  // What was held up while the device slept comes in only now.
  const isAwake = useDelayed(isWatched, awakeAfterMs)
  watch(
    () => messages.inRoom(key).at(-1)?.seq,
    () => room.value.ready && isWatched.value && !isAwake.value && look(),
  )

  /** The rows above this seq are out of view. */
  const topSeq = ref(0)
  const isAbove = computed(() => {
    const first = opening.value
    return first !== undefined && (first.hasMore || topSeq.value > first.seq)
  })
  const start = computed<UnreadStart | undefined>(() =>
    stage.value === 'ahead' && isAbove.value ? opening.value : undefined,
  )
  function been() {
    if (opening.value && stage.value === 'ahead') stage.value = 'been'
  }
  // Who has had everything new in view for a while has been there.
  watch(isSettled, (now) => now && !isAbove.value && been())

  return {
    start,
    /** The line stands above what others said after this. */
    readUntil: computed(() => (opening.value && stage.value !== 'dismissed' ? waiting.value.after : Infinity)),
    seen: (seq: number | undefined, isByHand: boolean) => {
      topSeq.value = seq ?? 0
      // A list that is still being laid out passes many places nobody has seen.
      if (isByHand && seq !== undefined && !isAbove.value) been()
    },
    dismiss: () => {
      if (opening.value) stage.value = 'dismissed'
    },
    toFirst: () => {
      if (!opening.value || stage.value === 'dismissed') return
      been()
      // What is not loaded begins after the last message they read, or with the room.
      jumps.to(key, opening.value.hasMore ? Math.max(waiting.value.after, 1) : opening.value.seq)
    },
  }
}
