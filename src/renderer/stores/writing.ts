import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { usePageStorage } from '../composables/use-page-storage'

/** How this person writes. Enter sends unless they switch that off; then Ctrl+Enter does. */
export const useWriting = defineStore('writing', () => {
  const storage = usePageStorage()
  const sendsWithEnter = ref(storage.read('enter-sends') !== 'off')
  watch(sendsWithEnter, (now) => storage.write('enter-sends', now ? undefined : 'off'))

  return { sendsWithEnter }
})
