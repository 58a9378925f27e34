import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { usePageStorage } from '../composables/use-page-storage'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

const isTheme = (text: string | undefined): text is Theme => themes.some((theme) => theme === text)

/** Light, dark or high contrast, by the system's wish or this person's. */
export const useAppearance = defineStore('appearance', () => {
  const storage = usePageStorage()
  const kept = storage.read('theme')
  const theme = ref<Theme>(isTheme(kept) ? kept : 'system')
  watch(theme, (chosen) => storage.write('theme', chosen === 'system' ? undefined : chosen))

  return { theme }
})
