import MarkdownIt, { type Token } from 'markdown-it'
import { safeLink } from '#shared/safe-link'
import { addChatRules } from './chat-rules'
import type { Named } from './mentions'
import { plainText, type Block, type Inline } from './tree'

const deepest = 24
const mostTokens = 3_000

const parser = new MarkdownIt('zero', { maxNesting: deepest }).enable([
  'blockquote',
  'fence',
  'list',
  'backticks',
  'emphasis',
  'strikethrough',
  'link',
  'newline',
])
parser.validateLink = (url) => safeLink(url) !== undefined
parser.normalizeLink = (url) => url
addChatRules(parser)

/** A message as a tree, with members' names as they are. One that is made to be too deep or too much stays a text. */
export function readMarkdown(text: string, members: readonly Named[] = []): readonly Block[] {
  const tokens = parser.parse(text, { members })
  return isTooMuch(tokens) || hasEmptyItem(tokens) ? plainText(text) : blocksOf(tokens.values())
}

// A dash or a number alone is what somebody said.
const hasEmptyItem = (tokens: readonly Token[]): boolean =>
  tokens.some(({ type }, index) => type === 'list_item_close' && tokens[index - 1]?.type === 'list_item_open')

// What lies deeper than the parser goes, it leaves out.
const isTooMuch = (tokens: readonly Token[]): boolean =>
  tokens.some(({ level }) => level >= deepest - 1) ||
  tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0) > mostTokens

/** Reads up to the end of the block that is open. */
function blocksOf(tokens: Iterator<Token>): Block[] {
  const blocks: Block[] = []
  for (let next = tokens.next(); !next.done && !next.value.type.endsWith('_close'); next = tokens.next()) {
    const block = blockOf(next.value, tokens)
    if (block) blocks.push(block)
  }
  return blocks
}

function blockOf(token: Token, tokens: Iterator<Token>): Block | undefined {
  switch (token.type) {
    case 'inline':
      return { kind: 'paragraph', children: inlinesOf((token.children ?? []).values()) }
    case 'paragraph_open':
      return blocksOf(tokens)[0]
    case 'fence':
      return { kind: 'code', language: languageOf(token.info), text: token.content.replace(/\n$/, '') }
    case 'blockquote_open':
      return { kind: 'quote', blocks: blocksOf(tokens) }
    case 'bullet_list_open':
      return { kind: 'list', start: undefined, items: itemsOf(tokens) }
    case 'ordered_list_open':
      return { kind: 'list', start: Number(token.attrGet('start') ?? 1), items: itemsOf(tokens) }
    default:
      return undefined
  }
}

const languageOf = (info: string): string => /^[\w+#.-]{1,24}/.exec(info.trim())?.[0].toLowerCase() ?? ''

function itemsOf(tokens: Iterator<Token>): Block[][] {
  const items: Block[][] = []
  for (let next = tokens.next(); !next.done && next.value.type === 'list_item_open'; next = tokens.next()) {
    items.push(blocksOf(tokens))
  }
  return items
}

function inlinesOf(tokens: Iterator<Token>): Inline[] {
  const pieces: Inline[] = []
  for (let next = tokens.next(); !next.done && !next.value.type.endsWith('_close'); next = tokens.next()) {
    const piece = inlineOf(next.value, tokens)
    if (piece.kind === 'text' && piece.text === '') continue
    const last = pieces.at(-1)
    if (piece.kind === 'text' && last?.kind === 'text') pieces.splice(-1, 1, { ...last, text: last.text + piece.text })
    else pieces.push(piece)
  }
  return pieces
}

function inlineOf(token: Token, tokens: Iterator<Token>): Inline {
  switch (token.type) {
    case 'strong_open':
      return { kind: 'bold', children: inlinesOf(tokens) }
    case 'em_open':
      return { kind: 'italic', children: inlinesOf(tokens) }
    case 's_open':
      return { kind: 'strike', children: inlinesOf(tokens) }
    case 'link_open':
      return { kind: 'link', href: hrefOf(token), children: inlinesOf(tokens) }
    case 'bare_link':
      return { kind: 'link', href: hrefOf(token), children: [{ kind: 'text', text: token.content }] }
    case 'code_inline':
      return { kind: 'code', text: token.content }
    default:
      return { kind: 'text', text: token.type === 'text' ? token.content : '\n' }
  }
}

const hrefOf = (token: Token): string => safeLink(String(token.attrGet('href')))?.href ?? ''
