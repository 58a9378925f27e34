import LinkifyIt from 'linkify-it'
import { safeLink } from '#shared/safe-link'

export type Token = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

const finder = new LinkifyIt({}, { fuzzyIP: true }).add('ftp:', null).add('//', null)
const mayHoldLink = /[.:@]/
const longestLink = 2_048

/** A message as the pieces it is drawn from: text, and links that passed `safeLink`. */
export function messageTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let from = 0
  for (const { start, end, label, href } of linksIn(text)) {
    if (start > from) tokens.push({ kind: 'text', text: text.slice(from, start) })
    tokens.push({ kind: 'link', text: label, href })
    from = end
  }
  if (from < text.length) tokens.push({ kind: 'text', text: text.slice(from) })
  return tokens
}

// Word by word, and none that is too long to be a link: the finder takes quadratic time on what was made to slow it.
function* linksIn(text: string): Generator<{ start: number; end: number; label: string; href: string }> {
  for (const { 0: word, index: start } of text.matchAll(/\S+/g)) {
    if (word.length > longestLink || !mayHoldLink.test(word)) continue
    for (const { index, lastIndex, text: label, url } of finder.match(word) ?? []) {
      const href = safeLink(url)?.href
      if (href !== undefined) yield { start: start + index, end: start + lastIndex, label, href }
    }
  }
}
