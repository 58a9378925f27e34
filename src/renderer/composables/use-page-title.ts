import { computed, onScopeDispose, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'

const app = 'Parlor'

/** Shows the room and the unread count in the window title: `(3) Lobby — Parlor`, `(500+) …` when there are more. */
export function usePageTitle(
  shown: MaybeRefOrGetter<{ title: string; unread: number; hasMore?: boolean }>,
  page: { title: string } = document,
) {
  const words = computed(() => {
    const { title, unread, hasMore } = toValue(shown)
    const name = title === '' ? app : `${title} — ${app}`
    return unread > 0 ? `(${unread}${hasMore ? '+' : ''}) ${name}` : name
  })
  watchEffect(() => void (page.title = words.value))
  onScopeDispose(() => void (page.title = app))
}
