import { watchEffect } from 'vue'
import { useAppearance } from '../stores/appearance'
import { useMediaQuery } from './use-media-query'

/** Puts the wanted theme on the page: this person's choice, else the system's. */
export function useTheme(page: Document = document) {
  const appearance = useAppearance()
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)')
  const prefersContrast = useMediaQuery('(prefers-contrast: more)')

  watchEffect(() => {
    const wish = prefersContrast.value ? 'contrast' : prefersDark.value ? 'dark' : 'light'
    const theme = appearance.theme === 'system' ? wish : appearance.theme
    page.documentElement.dataset.theme = theme === 'contrast' && prefersDark.value ? 'contrast-dark' : theme
  })
}
