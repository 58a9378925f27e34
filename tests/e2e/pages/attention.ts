import type { Page } from '@playwright/test'

/** A page that is driven by a test says that it has the focus whatever happens. */
const turn = (page: Page, hasFocus: boolean) =>
  page.evaluate((now) => {
    document.hasFocus = () => now
    window.dispatchEvent(new Event(now ? 'focus' : 'blur'))
  }, hasFocus)

/** Another window has the focus now. */
export const lookAway = (page: Page) => turn(page, false)
export const lookBack = (page: Page) => turn(page, true)
