import type { Page } from '@playwright/test'

// A server that is down on purpose is not a bug of the page; the browser notes each failed attempt. It also notes that
// one header means nothing on plain http, where it stands for the day the same server is behind TLS.
const expected =
  /net::ERR_|WebSocket connection to|Failed to load resource|Cross-Origin-Opener-Policy header has been ignored/

/** Collects what goes wrong in a page: thrown errors, console errors, broken content policies. */
export function watchPage(page: Page, name: string): () => string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`${name}: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) problems.push(`${name}: ${message.text()}`)
  })
  return () => problems
}
