import { h, type VNode } from 'vue'
import type { MemberId } from '#shared/protocol/ids'
import CodeBlock from '../components/CodeBlock.vue'
import type { Named } from './mentions'
import { piecesOf, type Piece } from './pieces'
import type { Block, Inline } from './tree'

export interface Reader {
  readonly you: MemberId
  readonly members: readonly Named[]
  readonly openLink: (url: string) => void
}

const tags = { bold: 'strong', italic: 'em', strike: 's' } as const

/** The one place where what members wrote becomes elements: these, with text inside, and no attribute of theirs. */
export function drawBlocks(blocks: readonly Block[], reader: Reader): VNode[] {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'paragraph':
        return h('p', { dir: 'auto' }, drawInlines(block.children, reader))
      case 'quote':
        return h('blockquote', drawBlocks(block.blocks, reader))
      case 'code':
        return h(CodeBlock, { code: block.text, language: block.language })
      case 'list':
        return drawList(block, reader)
    }
  })
}

function drawList({ start, items }: Extract<Block, { kind: 'list' }>, reader: Reader): VNode {
  const drawn = items.map((blocks) => h('li', drawBlocks(blocks, reader)))
  return start === undefined ? h('ul', drawn) : h('ol', { start }, drawn)
}

const drawInlines = (pieces: readonly Inline[], reader: Reader): (VNode | string)[] =>
  pieces.flatMap((piece) => {
    switch (piece.kind) {
      case 'text':
        return piecesOf(piece.text, reader.members).map((found) => drawPiece(found, reader))
      case 'code':
        return h('code', { dir: 'auto' }, piece.text)
      case 'link':
        return drawLink(piece.href, drawLabel(piece.children), reader)
      default:
        return h(tags[piece.kind], drawInlines(piece.children, reader))
    }
  })

/** Inside a link nothing else leads anywhere. */
const drawLabel = (pieces: readonly Inline[]): (VNode | string)[] =>
  pieces.map((piece) => {
    if (!('children' in piece)) return piece.kind === 'text' ? piece.text : h('code', piece.text)
    return h(piece.kind === 'link' ? 'span' : tags[piece.kind], drawLabel(piece.children))
  })

function drawPiece(piece: Piece, reader: Reader): VNode | string {
  if (piece.kind === 'text') return piece.text
  if (piece.kind === 'link') return drawLink(piece.href, [piece.text], reader)
  const isYou = piece.memberId === undefined || piece.memberId === reader.you
  return h('span', { class: ['mention', isYou && 'you'] }, piece.text)
}

const drawLink = (href: string, label: (VNode | string)[], reader: Reader): VNode =>
  h(
    'a',
    {
      href,
      title: href,
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
      onClick: (click: Event) => {
        click.preventDefault()
        reader.openLink(href)
      },
    },
    label,
  )
