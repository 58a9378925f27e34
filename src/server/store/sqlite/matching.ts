import type { MemberId, RoomId } from '#shared/protocol/ids'
import { isWord, type SearchQuery } from '../search-query'

export interface Where {
  rooms: readonly RoomId[]
  authors: readonly MemberId[] | undefined
}

/** Beginnings up to this long have an index of their own; of a longer one all words that begin so are read at once. */
const longestIndexed = 4
const mostWords = 8
const mostSideBySide = 3

/** Every word in quotes: nothing that was typed is syntax. https://sqlite.org/fts5.html#full_text_query_syntax */
export function matching(query: SearchQuery, { rooms, authors }: Where): string {
  return all([...said(query), ...besides(query, authors), ...inRooms(rooms)])
}

/** Only what was said: for a look at a few messages that are known to be where they should be. */
export const saying = (query: SearchQuery): string => all(said(query))

/**
 * What every message has that `matching` finds, and others too, asked for so that it costs little per message: no words
 * side by side, none twice, the longest few.
 */
export function looselyMatching(query: SearchQuery, { rooms, authors }: Where): string {
  const last = query.words.length - 1
  const parts = query.words.flatMap((word, index) => {
    const tokens = tokensOf(word)
    const beginning = index === last ? tokens.pop() : undefined
    return [...tokens.map(quoted), ...(beginning === undefined ? [] : [`${quoted(shortened(beginning))} *`])]
  })
  const longest = [...new Set(parts)].sort((a, b) => b.length - a.length).slice(0, mostWords)
  return all([...longest.map(inText), ...besides(query, authors), ...inRooms(rooms)])
}

/** Whether the index alone can answer: what it does for each message it looks at is little, whatever was said there. */
export function isCheap({ words }: SearchQuery): boolean {
  const tokens = words.map(tokensOf)
  const isShort = (word: readonly string[]) => word.length <= mostSideBySide && new Set(word).size === word.length
  return tokens.flat().length <= mostWords && tokens.every(isShort)
}

/** The indexed part of a beginning that is longer than that. */
export function longBeginning({ words }: SearchQuery): string | undefined {
  const last = tokensOf(words.at(-1) ?? '').at(-1)
  return last === undefined || Array.from(last).length <= longestIndexed ? undefined : shortened(last)
}

// As the index divides a text: https://sqlite.org/fts5.html#unicode61_tokenizer
const tokensOf = (word: string): string[] =>
  (word.toLowerCase().match(/[\p{L}\p{N}\p{Co}\u0300-\u0331]+/gu) ?? []).filter(isWord)

const shortened = (token: string): string =>
  Array.from(token.replace(/[\u0300-\u0331]/gu, ''))
    .slice(0, longestIndexed)
    .join('')

function said({ words }: SearchQuery): string[] {
  const last = words.length - 1
  return words.map((word, index) => inText(`${quoted(word)}${index === last ? ' *' : ''}`))
}

function besides({ hasFile }: SearchQuery, authors: readonly MemberId[] | undefined): string[] {
  const from = authors ? [`member_id : (${authors.map((id) => quoted(id.replaceAll('-', ''))).join(' OR ')})`] : []
  return [...from, ...(hasFile ? ['has : file'] : [])]
}

const inRooms = (rooms: readonly RoomId[]): string[] =>
  rooms.length > 0 ? [`room_id : (${rooms.map(quoted).join(' OR ')})`] : []

const inText = (words: string): string => `{text file_names} : ${words}`
const all = (parts: readonly string[]): string => parts.join(' AND ')
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
