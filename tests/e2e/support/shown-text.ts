import type { Named } from '../../../src/renderer/markup/mentions'
import { readMarkdown } from '../../../src/renderer/markup/read-markdown'
import type { Block, Inline } from '../../../src/renderer/markup/tree'

/** The words of a message as they stand on screen, without the marks that became elements. */
export const shownText = (text: string, members: readonly Named[] = []): string =>
  readMarkdown(text, members).map(ofBlock).join('')

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(ofInline).join('')
    case 'quote':
      return block.blocks.map(ofBlock).join('')
    case 'list':
      return block.items.flat().map(ofBlock).join('')
    case 'code':
      return block.text
  }
}

const ofInline = (piece: Inline): string => ('children' in piece ? piece.children.map(ofInline).join('') : piece.text)
