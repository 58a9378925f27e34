import { computed, onScopeDispose, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { Message } from '#shared/protocol/entities'
import { useQuotes } from '../stores/quotes'
import { useCurrentRoom } from './use-current-room'
import { useIsOnline } from './use-is-online'

/** A message of the room on screen for as long as the calling scope lives, loaded or not. */
export function useQuote(seq: MaybeRefOrGetter<number | undefined>): ComputedRef<Message | undefined> {
  const [room, quotes, isOnline] = [useCurrentRoom(), useQuotes(), useIsOnline()]
  const quoted = computed(() => {
    const wanted = toValue(seq)
    return wanted === undefined ? undefined : quotes.of(room.value.key, wanted)
  })

  let isThere = true
  onScopeDispose(() => (isThere = false))
  watch(
    [() => toValue(seq), () => quoted.value === undefined, isOnline],
    ([wanted, isMissing, isAsking]) => {
      if (wanted === undefined || !isMissing || !isAsking) return
      void quotes.want(room.value.key, wanted, () => isThere && wanted === toValue(seq))
    },
    { immediate: true },
  )
  return quoted
}
