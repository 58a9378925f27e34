import type { MemberId } from '#shared/protocol/ids'
import { highlight } from '../../src/renderer/markup/highlight'
import { mentionsMe, type Named } from '../../src/renderer/markup/mentions'
import { isOnlyEmoji } from '../../src/renderer/markup/only-emoji'
import { piecesOf } from '../../src/renderer/markup/pieces'
import { readMarkdown } from '../../src/renderer/markup/read-markdown'
import type { Block, Inline } from '../../src/renderer/markup/tree'

const you = '018f0000-0000-7000-8000-000000000000' as MemberId

/** A large room in which all names begin alike. */
const members: readonly Named[] = Array.from({ length: 500 }, (_, n) => ({
  memberId: `018f0000-0000-7000-8000-${String(n + 1).padStart(12, '0')}` as MemberId,
  name: `ann${'n'.repeat(n % 20)} ${n}`,
}))

/** All that is done to a text before it is on screen. Answers how many pieces it came to. */
export function readEverything(text: string): number {
  const marks = Number(isOnlyEmoji(text)) + Number(mentionsMe(text, you, members))
  return readMarkdown(text, members).reduce((sum, block) => sum + piecesInBlock(block), marks)
}

function piecesInBlock(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
      return piecesIn(block.children)
    case 'quote':
      return block.blocks.reduce((sum, inner) => sum + piecesInBlock(inner), 1)
    case 'list':
      return block.items.flat().reduce((sum, inner) => sum + piecesInBlock(inner), 1)
    case 'code':
      return highlight(block.text, block.language)?.length ?? 1
  }
}

const piecesIn = (pieces: readonly Inline[]): number =>
  pieces.reduce((sum, piece) => {
    if ('children' in piece) return sum + piecesIn(piece.children)
    return sum + (piece.kind === 'text' ? piecesOf(piece.text, members).length : 1)
  }, 0)
