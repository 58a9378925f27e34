import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

export interface Flaw {
  screen: string
  rule: string
  where: string[]
}

/** Every theme; only the first is asked about more than its colours. */
const themes = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'high contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'high contrast, dark', colorScheme: 'dark', contrast: 'more' },
] as const
const coloursOnly = ['color-contrast', 'link-in-text-block']

/** The serious barriers of what is on screen, in every theme. */
export async function findFlaws(page: Page, screen: string): Promise<Flaw[]> {
  const flaws: Flaw[] = []
  for (const [at, { name, ...media }] of themes.entries()) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' })
    // A window of Electron cannot open the second page that axe would otherwise use.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    const { violations } = await (at === 0 ? axe : axe.withRules(coloursOnly)).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    for (const { id, nodes } of serious)
      flaws.push({ screen: `${screen}, ${name}`, rule: id, where: nodes.map(({ html }) => html) })
  }
  return flaws
}
