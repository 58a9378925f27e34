import type { Locator, Page } from '@playwright/test'

export interface Said {
  by: string
  text: string
  isPending: boolean
}

const mostPages = 200

/** Every message of the room on screen, from its beginning, read page by page as a person scrolling up would. */
export async function readLog(page: Page, log: Locator): Promise<Said[]> {
  await scrollTo(log, 'end')
  let all = await messagesOnScreen(log)
  for (let step = 0; step < mostPages; step++) {
    const isAtTop = await scrollTo(log, 'up')
    all = joined(await messagesOnScreen(log), all)
    if (isAtTop && (await page.getByText(/^This is the beginning of/).isVisible())) {
      await scrollTo(log, 'end')
      return all
    }
  }
  throw new Error(`the beginning of the room was not reached in ${mostPages} pages`)
}

/** Moves less than a page and waits until the list has drawn what is there. Tells whether the top is reached. */
const scrollTo = (log: Locator, where: 'up' | 'end'): Promise<boolean> =>
  log.evaluate(async (scroller, to) => {
    scroller.scrollTop = to === 'end' ? scroller.scrollHeight : scroller.scrollTop - scroller.clientHeight * 0.6
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    return scroller.scrollTop <= 1
  }, where)

const messagesOnScreen = (log: Locator): Promise<Said[]> =>
  log.getByRole('article').evaluateAll((articles) =>
    articles.map((article) => ({
      by: article.querySelector('.name')?.textContent ?? '',
      text: article.querySelector('.text')?.textContent ?? '',
      isPending: article.querySelector('.waiting, .failed') !== null,
    })),
  )

/** Two overlapping stretches as one: the longest end of `above` that `below` begins with stands once. */
function joined(above: readonly Said[], below: readonly Said[]): Said[] {
  const isOverlap = (length: number) =>
    above.slice(above.length - length).every((said, index) => JSON.stringify(said) === JSON.stringify(below[index]))
  let overlap = Math.min(above.length, below.length)
  while (!isOverlap(overlap)) overlap--
  return [...above.slice(0, above.length - overlap), ...below]
}
