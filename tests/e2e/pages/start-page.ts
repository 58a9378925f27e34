import type { Page } from '@playwright/test'

/** The first screen, and the form of a link to a room. */
export function startPage(page: Page) {
  const name = page.getByLabel('Your name')
  const address = page.getByLabel(/^Join a room/)
  const remember = page.getByLabel(/^Remember me on this computer/)

  async function fillName(as: string) {
    await name.fill(as)
    // Only asked where the system has no keyring.
    if (await remember.isVisible()) await remember.check()
  }

  return {
    name,
    address,
    error: page.getByRole('alert'),
    recent: (title: string) => page.getByRole('button', { name: title }).first(),
    async host({ as, title }: { as: string; title?: string }) {
      await fillName(as)
      if (title !== undefined) {
        await page.getByText('Title and how long messages are kept').click()
        await page.getByLabel(/^Room title/).fill(title)
        await page.getByLabel('Until I delete it').check()
      }
      await page.getByRole('button', { name: 'Host a room on this network' }).click()
    },
    async join({ as, at }: { as: string; at: string }) {
      await fillName(as)
      await address.fill(at)
      await page.getByRole('button', { name: 'Join', exact: true }).click()
    },
    /** On the page of a link, which already says which room. */
    async enter({ as }: { as: string }) {
      await fillName(as)
      await page.getByRole('button', { name: 'Join', exact: true }).click()
    },
  }
}
