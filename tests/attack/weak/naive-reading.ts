import type { Asked, NaiveMessage } from './naive-room'

/** Pages as long as their count allows, and searches that look at everything. */
export function readNaively(name: string, { messages }: { messages: readonly NaiveMessage[] }, asked: Asked): unknown {
  if (name === 'fetch_pinned') return { messages: messages.filter(({ pinned }) => pinned) }
  if (name !== 'search_messages') return { messages: messages.slice(0, 100), hasMore: false }
  const words = String(asked['query']).replaceAll('"', '').split(' ')
  return { hits: messages.filter(({ text }) => hasPhrase(text.split(' '), words)), hasMore: false }
}

const hasPhrase = (text: readonly string[], words: readonly string[]): boolean =>
  text.some((_, from) => words.every((word, at) => text[from + at] === word))
