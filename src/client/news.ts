import type { News } from '#shared/bridge'

export type Tell = (news: News) => void
type NewsListener = (news: readonly News[]) => void

export interface NewsBatch {
  tell: Tell
  listen: (listener: NewsListener) => () => void
  /** Delivers what has gathered now; a reply must not overtake the news it is about. */
  flush: () => void
}

/** Gathers a turn's news into one delivery, in the order it happened. */
export function createNewsBatch(report: (error: unknown) => void): NewsBatch {
  const listeners = new Set<NewsListener>()
  let gathered: News[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (gathered.length === 0) return
    const news = gathered
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
      timer ??= setTimeout(flush, 0)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
