import { chromium, type Page } from '@playwright/test'
import { watchPage } from './watch-page'

export interface GuestWanted {
  name: string
  port: number
  /** Such as `/ABC234`. */
  path?: string
  /** `localhost` counts as secure; what people type, by which this computer is known here, does not. */
  host?: 'lan.test' | 'localhost'
  /** Further switches of Chromium. */
  args?: readonly string[]
  /** Runs in the page before anything of ours. */
  before?: () => void
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

export async function launchGuest({
  name,
  port,
  path = '/',
  host = 'lan.test',
  args = [],
  before,
  provokes,
}: GuestWanted): Promise<Guest> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--host-resolver-rules=MAP lan.test 127.0.0.1', ...args],
  })
  const page = await (await browser.newContext(phone)).newPage()
  const problems = watchPage(page, name)
  if (before) await page.addInitScript(before)
  const origin = `http://${host}:${port}`
  await page.goto(origin + path)
  return {
    page,
    origin,
    close: () => browser.close(),
    reported: () => problems().filter((problem) => !provokes?.test(problem)),
  }
}
