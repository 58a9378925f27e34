import type { Locator } from '@playwright/test'

/** Where a reader is: the first message that is whole on screen, and how far it is from the list's upper edge. */
export interface ReadingPlace {
  text: string
  top: number
}

export const isAtEnd = (log: Locator): Promise<boolean> =>
  log.evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= 1)

export const contentHeight = (log: Locator): Promise<number> => log.evaluate((scroller) => scroller.scrollHeight)

/** Scrolls to `from` pixels below the top of what is loaded and tells what is there, before anything else arrives. */
export const readFrom = (log: Locator, from: number): Promise<ReadingPlace> =>
  log.evaluate(async (scroller, top) => {
    scroller.scrollTop = top
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
    const edge = scroller.getBoundingClientRect().top
    const rows = [...scroller.querySelectorAll('article')]
    const first = rows.find((row) => row.getBoundingClientRect().top >= edge)
    return {
      text: first?.querySelector('.text')?.textContent ?? '',
      top: Math.round((first?.getBoundingClientRect().top ?? NaN) - edge),
    }
  }, from)

/** How far a message is from the list's upper edge. */
export const placeOf = (log: Locator, text: string): Promise<ReadingPlace> =>
  log.evaluate((scroller, wanted) => {
    const row = [...scroller.querySelectorAll('article')].find(
      (article) => article.querySelector('.text')?.textContent === wanted,
    )
    const top = (row?.getBoundingClientRect().top ?? NaN) - scroller.getBoundingClientRect().top
    return { text: wanted, top: Math.round(top) }
  }, text)
