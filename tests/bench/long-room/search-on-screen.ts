import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'

const keyMs = 120
/** Before that it is the answer to what was typed before the last key. */
const askedAfterMs = 40
const restMs = 1_500

/** Types a word as somebody who types quickly, and answers how long after its last key the hits were painted. */
export async function searchUntilShown(page: Page, word: string): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Search' })
  await field.fill('')
  // Nobody searches for one word after the other without a breath.
  await pause(restMs)
  const shown = page.evaluate(whenHitsArePainted, [word, askedAfterMs] as const)
  await field.pressSequentially(word, { delay: keyMs })
  return Math.round(await shown)
}

/** Runs in the page. */
function whenHitsArePainted([word, afterMs]: readonly [string, number]): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('.search input[type=search]')
  let lastKeyAt = Infinity
  field?.addEventListener('input', () => {
    if (field.value === word) lastKeyAt = performance.now()
  })
  return new Promise((resolve) => {
    // Earlier hits are highlighted anew at once: what counts is the answer to the whole word.
    const news = new MutationObserver(() => {
      const status = document.querySelector('.search [role=status]')?.textContent.trim() ?? ''
      if (!(performance.now() - lastKeyAt > afterMs) || !status.includes(' found')) return
      news.disconnect()
      // The frame after the one in which they stand has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - lastKeyAt)))
    })
    news.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
