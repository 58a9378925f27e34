import type { Locator } from '@playwright/test'

const mostStops = 40

/** Presses Tab as often as it takes to come to something, as somebody without a mouse does. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  for (let stop = 0; stop < mostStops; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await target.page().keyboard.press(key)
  }
  throw new Error(`${key} never came to ${String(target)}`)
}
