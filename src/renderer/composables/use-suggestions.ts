import { computed, onMounted, ref, watch, type Ref } from 'vue'
import { useMembers } from '../stores/members'
import { askedBefore, spelledBefore, suggestEmoji, suggestPeople, type Suggestion } from '../writing/suggestions'
import type { Edit } from '../writing/wrap'
import { useCurrentRoom } from './use-current-room'
import { useEmojiList } from './use-emoji-list'
import { whenIdle } from './when-idle'

/** What could complete the name or emoji before the caret, and which of it is chosen. */
export function useSuggestions(text: Readonly<Ref<string>>, caret: Readonly<Ref<number>>) {
  const [room, members] = [useCurrentRoom(), useMembers()]
  const dismissed = ref<number>()
  const chosen = ref(0)

  // Emoji are to be found without a network too.
  onMounted(() => whenIdle(() => void useEmojiList()))

  const asked = computed(() => askedBefore(text.value, caret.value))
  const items = computed<readonly Suggestion[]>(() => {
    if (!asked.value || asked.value.start === dismissed.value) return []
    const { kind, asked: typed } = asked.value
    if (kind === 'emoji') return suggestEmoji(useEmojiList().value?.findEmoji(typed, 8) ?? [])
    return suggestPeople(typed, members.inRoom(room.value.key), room.value.you.memberId)
  })
  watch(items, () => (chosen.value = 0))
  watch(
    () => asked.value?.start,
    () => (dismissed.value = undefined),
  )

  const move = (step: 1 | -1) => void (chosen.value = (chosen.value + step + items.value.length) % items.value.length)
  const dismiss = () => void (dismissed.value = asked.value?.start)
  const start = () => asked.value?.start ?? caret.value

  /** The emoji whose name was just written out, in its place. */
  function spelled(): Edit | undefined {
    const found = spelledBefore(text.value, caret.value)
    const emoji = found && useEmojiList().value?.emojiOf(found.code)
    if (!emoji) return undefined
    const end = found.start + emoji.length
    return { start: found.start, end: caret.value, text: emoji, select: { start: end, end } }
  }

  return { items, chosen, start, move, dismiss, spelled }
}
