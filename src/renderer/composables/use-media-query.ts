import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether a media query matches, for as long as the calling scope lives. */
export function useMediaQuery(query: string, page: Window = window): Readonly<Ref<boolean>> {
  const list = page.matchMedia(query)
  const matches = ref(list.matches)
  const follow = () => void (matches.value = list.matches)
  list.addEventListener('change', follow)
  onScopeDispose(() => list.removeEventListener('change', follow))
  return readonly(matches)
}
