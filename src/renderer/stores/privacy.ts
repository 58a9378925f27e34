import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import { usePageStorage } from '../composables/use-page-storage'

/** What this person lets others see of how they use a room. Both are on unless switched off. */
export const usePrivacy = defineStore('privacy', () => {
  const storage = usePageStorage()

  function kept(name: string): Ref<boolean> {
    const isOn = ref(storage.read(name) !== 'off')
    watch(isOn, (now) => storage.write(name, now ? undefined : 'off'))
    return isOn
  }

  return { showsTyping: kept('shows-typing'), showsReads: kept('shows-reads') }
})
