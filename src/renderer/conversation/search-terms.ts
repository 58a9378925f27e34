import { withoutMarks } from './one-line'

export interface Wanted {
  /** What the server is asked. */
  readonly query: string
  /** The room named by `in:`. */
  readonly inRoom?: string
  /** What is highlighted in what was found. */
  readonly words: readonly string[]
}

const filters = /(?<!\S)(from|before|after|has|in):(?:"([^"]*)"|(\S*))/giu

/** Reads what was typed: `in:` is taken out, the other filters are the server's. */
export function searchTerms(typed: string): Wanted {
  let inRoom: string | undefined
  const query = typed.replace(filters, (whole, filter: string, quoted?: string, plain?: string) => {
    if (filter.toLowerCase() !== 'in') return whole
    inRoom = quoted ?? plain
    return ''
  })
  const words = query.replace(filters, ' ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const wanted = { query: query.replace(/\s+/gu, ' ').trim(), words }
  return inRoom === undefined || inRoom === '' ? wanted : { ...wanted, inRoom }
}

export interface Piece {
  readonly text: string
  readonly isHit: boolean
}

const before = 40
const longest = 240

/** A text on one line around the first found word, in pieces: words that begin as one of the wanted are hits. */
export function excerptOf(text: string, words: readonly string[]): readonly Piece[] {
  const line = withoutMarks(text)
  const finder = finderOf(words)
  const first = finder ? line.search(finder) : -1
  const start = first > before ? line.indexOf(' ', first - before) + 1 : 0
  const shown = `${start > 0 ? '…' : ''}${line.slice(start, start + longest)}${line.length > start + longest ? '…' : ''}`
  if (!finder) return [{ text: shown, isHit: false }]
  return shown
    .split(finder)
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

// The words are letters and digits only: nothing in them means anything to a pattern.
function finderOf(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) return undefined
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  return new RegExp(`(?<![\\p{L}\\p{N}])(${longestFirst.join('|')})`, 'giu')
}
