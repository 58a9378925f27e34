import type { News } from '#shared/bridge'
import { condenseNews } from '#shared/condense-news'

type Receive = (news: readonly News[]) => void

/** So much news within one turn of the page is more than people make. */
const manyNews = 100
const shortMs = 50
const longestRestMs = 1_000
const mostUncondensed = 1_000

/**
 * Hands news on at once, as long as the page has time for it. A server that says more than the page can draw is heard
 * with pauses as long as drawing took, in which the person can still do everything.
 */
export function paceNews(receive: Receive): Receive {
  let waiting: News[] = []
  let condenseAt = mostUncondensed
  let span: { begunAt: number; count: number } | undefined
  let isResting = false

  function take(news: readonly News[]) {
    span ??= begin()
    span.count += news.length
    receive(news)
  }

  function begin() {
    // A timer comes after what was changed has been drawn.
    setTimeout(end)
    return { begunAt: performance.now(), count: 0 }
  }

  function end() {
    if (!span) return
    const { begunAt, count } = span
    span = undefined
    const tookMs = performance.now() - begunAt
    if (count <= manyNews || tookMs <= shortMs) return
    isResting = true
    setTimeout(goOn, Math.min(tookMs, longestRestMs))
  }

  function goOn() {
    isResting = false
    const news = condenseNews(waiting)
    waiting = []
    condenseAt = mostUncondensed
    if (news.length > 0) take(news)
  }

  return (news) => {
    if (!isResting) {
      take(news)
      return
    }
    for (const one of news) waiting.push(one)
    if (waiting.length < condenseAt) return
    waiting = [...condenseNews(waiting)]
    condenseAt = 2 * waiting.length + mostUncondensed
  }
}
