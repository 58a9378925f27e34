import LinkifyIt from 'linkify-it'
import { safeLink } from '../safe-link'

export type Token = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

const finder = new LinkifyIt({}, { fuzzyIP: true }).add('ftp:', null).add('//', null)

/** A message as the pieces it is drawn from: text, and links that passed `safeLink`. */
export function messageTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let from = 0
  for (const match of finder.match(text) ?? []) {
    const href = safeLink(match.url)
    if (href === undefined) continue
    if (match.index > from) tokens.push({ kind: 'text', text: text.slice(from, match.index) })
    tokens.push({ kind: 'link', text: match.text, href })
    from = match.lastIndex
  }
  if (from < text.length) tokens.push({ kind: 'text', text: text.slice(from) })
  return tokens
}
