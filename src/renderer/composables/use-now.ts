import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** The time, refreshed every `everyMs` for as long as the calling scope lives. */
export function useNow(everyMs: number): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => void (now.value = Date.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
