import { computed, ref, type Ref } from 'vue'
import { countUnread } from '../conversation/count-unread'
import { useJumps } from '../stores/jumps'
import { useMessages } from '../stores/messages'
import { useCurrentRoom } from './use-current-room'

/** Where the person left off when the room was opened, until they have been there or do not care. */
export function useUnreadStart(readUntil: number) {
  const [room, messages, jumps] = [useCurrentRoom(), useMessages(), useJumps()]
  const { key, you } = room.value
  const atOpening = messages.inRoom(key)
  const count = readUntil === 0 ? 0 : countUnread(atOpening, readUntil, you.memberId)
  const first = atOpening.find(({ seq, author }) => seq > readUntil && author.memberId !== you.memberId)
  const isDone = ref(count === 0)

  /** The rows above this seq are out of view. */
  const topSeq = ref(Infinity)
  const start: Readonly<Ref<{ count: number; since: number } | undefined>> = computed(() =>
    isDone.value || !first || topSeq.value <= first.seq ? undefined : { count, since: first.sentAt },
  )

  return {
    start,
    seen(seq: number | undefined) {
      topSeq.value = seq ?? Infinity
      if (first && seq !== undefined && seq <= first.seq) isDone.value = true
    },
    dismiss: () => {
      const wasOpen = start.value !== undefined
      isDone.value = true
      return wasOpen
    },
    toFirst: () => {
      if (!first) return
      isDone.value = true
      jumps.to(key, first.seq)
    },
  }
}
