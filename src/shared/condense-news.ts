import type { News, RoomKey } from './bridge'
import type { Message } from './protocol/entities'

/**
 * The same news without what later news of the same thing makes of no interest, and what was said in one room as one
 * piece of news. A server may announce one thing a thousand times in a moment; the window hears of it once.
 */
export const condenseNews = (news: readonly News[]): readonly News[] => joinMessages(withoutOutdated(news))

function withoutOutdated(news: readonly News[]): readonly News[] {
  const seen = new Set<string>()
  const kept: News[] = []
  for (const one of [...news].reverse()) {
    const about = subjectOf(one)
    if (about !== undefined && seen.has(about)) continue
    if (about !== undefined) seen.add(about)
    // Whatever was told of a room before it opened or went is another room's.
    else if ('key' in one || one.kind === 'room_opened') seen.clear()
    kept.push(one)
  }
  return kept.reverse()
}

/** What the latest word is enough of; undefined where each word counts. */
function subjectOf(news: News): string | undefined {
  switch (news.kind) {
    case 'typing':
    case 'read_by':
      return `${news.kind} ${news.key} ${news.memberId}`
    case 'member_joined':
      return `member ${news.key} ${news.member.memberId}`
    case 'member_left':
      return `member ${news.key} ${news.memberId}`
    case 'read':
    case 'room_changed':
    case 'pending':
    case 'pending_changes':
      return `${news.kind} ${news.key}`
    case 'messages':
      return news.reset ? undefined : `messages ${news.key} ${news.messages.map(({ seq }) => seq).join()}`
    case 'connection':
      return `${news.kind} ${news.connection.server}`
    case 'blocked':
      return `${news.kind} ${news.server}`
    case 'recent':
    case 'hosting':
      return news.kind
    default:
      return undefined
  }
}

function joinMessages(news: readonly News[]): readonly News[] {
  const groups = new Map<RoomKey, Message[]>()
  const joined: News[] = []
  for (const one of news) {
    if (subjectOf(one) === undefined) groups.clear()
    const group = one.kind === 'messages' && !one.reset ? groups.get(one.key) : undefined
    if (one.kind === 'messages' && group) {
      group.push(...one.messages)
    } else if (one.kind === 'messages' && !one.reset) {
      const messages = [...one.messages]
      groups.set(one.key, messages)
      joined.push({ ...one, messages })
    } else joined.push(one)
  }
  return joined
}
