import LinkifyIt from 'linkify-it'
import { safeLink } from '#shared/safe-link'

export interface FoundLink {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly href: string
}

const finder = new LinkifyIt({}, { fuzzyIP: true }).add('ftp:', null).add('//', null)
const mayHoldLink = /[.:@]/
const longestLink = 2_048

// Word by word, and none that is too long to be a link: the finder takes quadratic time on what was made to slow it.
/** The links in a text that passed `safeLink`, in order. */
export function* linksIn(text: string): Generator<FoundLink> {
  for (const { 0: word, index: start } of text.matchAll(/\S+/g)) {
    if (word.length > longestLink || !mayHoldLink.test(word)) continue
    for (const { index, lastIndex, text: label, url } of finder.match(word) ?? []) {
      const href = safeLink(url)?.href
      if (href !== undefined) yield { start: start + index, end: start + lastIndex, label, href }
    }
  }
}

/** The word at `start`; undefined when it is too long to be a link. */
export function wordAt(text: string, start: number): string | undefined {
  const word = /^\S+/.exec(text.slice(start, start + longestLink + 1))?.[0]
  return word === undefined || word.length > longestLink ? undefined : word
}

/** The link a word with a scheme begins with, without the marks around it that are markup. */
export function linkAtStart(word: string): { label: string; href: string } | undefined {
  const label = finder.matchAtStart(word)?.raw.replace(/[*_~]+$/, '')
  const href = label === undefined ? undefined : safeLink(label)?.href
  return label === undefined || href === undefined ? undefined : { label, href }
}
