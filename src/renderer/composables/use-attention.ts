import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether somebody looks at this window: it is visible and has the focus. */
export function useAttention(page: Document = document): Readonly<Ref<boolean>> {
  const look = () => page.visibilityState === 'visible' && page.hasFocus()
  const isWatched = ref(look())
  const follow = () => void (isWatched.value = look())
  const listening = new AbortController()
  const { signal } = listening
  page.addEventListener('visibilitychange', follow, { signal })
  page.defaultView?.addEventListener('focus', follow, { signal })
  page.defaultView?.addEventListener('blur', follow, { signal })
  onScopeDispose(() => listening.abort())
  return readonly(isWatched)
}
