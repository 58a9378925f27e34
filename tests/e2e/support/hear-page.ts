import type { Page } from '@playwright/test'

/** What a screen reader would say by itself from now on: whatever is added to a live region. */
export async function hearPage(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = []
    const regions = '[aria-live], [role=log], [role=status], [role=alert]'
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const place = target instanceof Element ? target : target.parentElement
        const live = place?.closest(regions)?.getAttribute('aria-live') ?? (place?.closest(regions) ? 'polite' : 'off')
        if (live === 'off') continue
        for (const node of addedNodes) if (node.textContent) heard.push(node.textContent.trim())
      }
    }).observe(document.body, { subtree: true, childList: true })
    Object.assign(globalThis, { heard })
  })
  return () => page.evaluate(() => Reflect.get(globalThis, 'heard') as string[])
}
