import type { Message } from '#shared/protocol/entities'

/** Both lists as one, in order of seq; of two versions of one message the higher rev stays. */
export function mergeBySeq(known: readonly Message[], news: readonly Message[]): readonly Message[] {
  const [firstKnown, lastKnown] = [known[0], known.at(-1)]
  const [firstNew, lastNew] = [news[0], news.at(-1)]
  if (!firstNew || !lastNew) return known
  if (isAscending(news)) {
    if (!firstKnown || !lastKnown) return news
    if (firstNew.seq > lastKnown.seq) return [...known, ...news]
    if (lastNew.seq < firstKnown.seq) return [...news, ...known]
  }
  return mergeAnywhere(known, news)
}

function mergeAnywhere(known: readonly Message[], news: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of news) {
    const earlier = bySeq.get(message.seq)
    if (!earlier || message.rev > earlier.rev) bySeq.set(message.seq, message)
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

const isAscending = (messages: readonly Message[]): boolean =>
  messages.every((message, index) => index === 0 || message.seq > (messages[index - 1]?.seq ?? 0))
