import type { Locator } from '@playwright/test'

/** Uses a button of the bar that a message in hand shows. */
export async function act(message: Locator, name: string) {
  await message.hover()
  await message.getByRole('button', { name, exact: true }).click()
}

/** Uses an item of a message's menu. */
export async function chooseFor(message: Locator, item: string) {
  await act(message, 'More')
  await message.page().getByRole('menuitem', { name: item, exact: true }).click()
}
