import type { MemberId } from '#shared/protocol/ids'
import { linksIn } from './links'
import { mentionsIn, type Named } from './mentions'

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly memberId: MemberId | undefined }

/** A text without markup as the pieces it is drawn from: text, links that passed `safeLink`, and mentions. */
export function piecesOf(text: string, members: readonly Named[]): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { start, end, label, href } of linksIn(text)) {
    pieces.push(...mentionPieces(text.slice(from, start), members), { kind: 'link', text: label, href })
    from = end
  }
  pieces.push(...mentionPieces(text.slice(from), members))
  return pieces
}

function mentionPieces(text: string, members: readonly Named[]): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { start, end, memberId } of mentionsIn(text, members)) {
    if (start > from) pieces.push({ kind: 'text', text: text.slice(from, start) })
    pieces.push({ kind: 'mention', text: text.slice(start, end), memberId })
    from = end
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) })
  return pieces
}
