import type { Page } from '@playwright/test'

/** Collects what only a text that came alive could do: dialogs, requests elsewhere, further pages, broken policies. */
export async function watchOutbreaks(page: Page): Promise<() => Promise<string[]>> {
  const outbreaks: string[] = []
  const own = new URL(page.url())
  page.on('dialog', (dialog) => {
    outbreaks.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol !== own.protocol || host !== own.host) outbreaks.push(`request ${request.url()}`)
  })
  page.on('popup', (popup) => outbreaks.push(`popup ${popup.url()}`))
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || new URL(frame.url()).host !== own.host) outbreaks.push(`frame ${frame.url()}`)
  })
  await page.evaluate(() => {
    const violations: string[] = []
    addEventListener('securitypolicyviolation', (event) => violations.push(`policy ${event.violatedDirective}`))
    Object.assign(globalThis, { violations })
  })
  return async () => [...outbreaks, ...(await page.evaluate(() => Reflect.get(globalThis, 'violations') as string[]))]
}
