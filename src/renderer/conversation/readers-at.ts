import type { MemberId } from '#shared/protocol/ids'
import { isMessage, type Entry } from './entries'

/** Who has read up to the message in this row and no further; the message's own author goes without saying. */
export function readersAt(
  rows: readonly Entry[],
  index: number,
  reads: ReadonlyMap<MemberId, number>,
): readonly MemberId[] {
  const row = rows[index]
  if (!isMessage(row) || reads.size === 0) return []
  const next = rows.slice(index + 1, index + 20).find(isMessage)?.seq ?? Infinity
  const readers: MemberId[] = []
  for (const [memberId, seq] of reads) {
    if (seq >= row.seq && seq < next && memberId !== row.author.memberId) readers.push(memberId)
  }
  return readers
}
