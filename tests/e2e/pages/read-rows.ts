import type { Locator } from '@playwright/test'

/** What stands at `selector` in the wanted messages of a room, by seq; read from the newest up, as often as it takes. */
export async function readRows(
  log: Locator,
  selector: string,
  wanted: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await log.evaluate(
    async (scroller, [place, seqs]) => {
      const mostSteps = 400
      const read = new Map<number, string>()
      for (let step = 0; step < mostSteps && seqs.some((seq) => !read.has(seq)); step++) {
        scroller.scrollTop =
          scroller.scrollTop <= 1 ? scroller.scrollHeight : scroller.scrollTop - scroller.clientHeight * 0.8
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
        for (const row of scroller.querySelectorAll<HTMLElement>('article[data-seq]')) {
          const text = row.querySelector(place)?.textContent
          if (typeof text === 'string') read.set(Number(row.dataset['seq']), text)
        }
      }
      scroller.scrollTop = scroller.scrollHeight
      return [...read]
    },
    [selector, wanted] as const,
  )
  return new Map(rows)
}
