import type { ReadMark } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { mostMarks } from './bounds'

/** How far somebody has read; 0 when nothing is known of it. */
export const markOf = (reads: readonly ReadMark[], memberId: MemberId): number =>
  reads.find((mark) => mark.memberId === memberId)?.seq ?? 0

/** The list with one mark moved; a mark at 0 is none. */
export function withMark(reads: readonly ReadMark[], mark: ReadMark): readonly ReadMark[] {
  const others = reads.filter(({ memberId }) => memberId !== mark.memberId)
  return mark.seq > 0 && others.length < mostMarks ? [...others, mark] : others
}
