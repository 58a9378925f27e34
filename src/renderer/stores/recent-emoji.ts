import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { usePageStorage } from '../composables/use-page-storage'

const shown = 3
const usual = ['👍', '❤️', '😄']

/** The emoji this person reacted with last, the latest first. */
export const useRecentEmoji = defineStore('recent-emoji', () => {
  const storage = usePageStorage()
  const kept = (storage.read('recent-emoji') ?? '').split(' ').filter((emoji) => emoji !== '')
  const recent = shallowRef<readonly string[]>([...new Set([...kept, ...usual])].slice(0, shown))

  function use(emoji: string) {
    // What is in reach stays where it is, so that nobody hits its neighbour.
    if (recent.value.includes(emoji)) return
    recent.value = [emoji, ...recent.value].slice(0, shown)
    storage.write('recent-emoji', recent.value.join(' '))
  }

  return { recent, use }
})
