import type { News } from '#shared/bridge'
import { condenseNews } from '#shared/condense-news'

export type Tell = (news: News) => void
type NewsListener = (news: readonly News[]) => void

export interface NewsBatch {
  tell: Tell
  listen: (listener: NewsListener) => () => void
  /** Delivers what has gathered now; a reply must not overtake the news it is about. */
  flush: () => void
}

/** A server that has so much to say in a tenth of a second is listened to twenty times a second. */
const [calmNews, windowMs, busyMs] = [100, 100, 50]

/** Gathers a turn's news into one delivery, in the order it happened; when there is very much of it, several turns'. */
export function createNewsBatch(report: (error: unknown) => void): NewsBatch {
  const listeners = new Set<NewsListener>()
  let gathered: News[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let [since, told] = [0, 0]

  function isBusy(): boolean {
    const now = performance.now()
    if (now - since > windowMs) [since, told] = [now, 0]
    told += 1
    return told > calmNews
  }

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (gathered.length === 0) return
    const news = gathered.length > calmNews ? condenseNews(gathered) : gathered
    gathered = []
    for (const listener of listeners) {
      try {
        listener(news)
      } catch (error) {
        report(error)
      }
    }
  }

  return {
    flush,
    tell(news) {
      gathered.push(news)
      const waitMs = isBusy() ? busyMs : 0
      timer ??= setTimeout(flush, waitMs)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
