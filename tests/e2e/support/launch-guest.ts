import { chromium, type Page } from '@playwright/test'
import { watchPage } from './watch-page'

export interface GuestWanted {
  name: string
  port: number
  /** Such as `/ABC234`. */
  path?: string
  /** Problems the test provokes on purpose. */
  provokes?: RegExp
}

export interface Guest {
  page: Page
  /** What a person on the LAN would type: not a secure origin. */
  origin: string
  close: () => Promise<void>
  reported: () => string[]
}

const executablePath = process.env['PARLOR_CHROMIUM'] ?? '/usr/bin/chromium'
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

export async function launchGuest({ name, port, path = '/', provokes }: GuestWanted): Promise<Guest> {
  const browser = await chromium.launch({ executablePath, args: ['--host-resolver-rules=MAP lan.test 127.0.0.1'] })
  const page = await (await browser.newContext(phone)).newPage()
  const problems = watchPage(page, name)
  const origin = `http://lan.test:${port}`
  await page.goto(origin + path)
  return {
    page,
    origin,
    close: () => browser.close(),
    reported: () => problems().filter((problem) => !provokes?.test(problem)),
  }
}
