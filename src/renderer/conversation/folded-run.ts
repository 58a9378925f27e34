import { isMessage, type Entry } from './entries'

/** The messages from a row on that are folded away as one: none where an earlier row stands for them. */
export function foldedRun(
  rows: readonly Entry[],
  index: number,
  isFolded: (entry: Entry | undefined) => boolean,
): readonly number[] {
  if (!isFolded(rows[index]) || isFolded(rows[index - 1])) return []
  const end = rows.findIndex((row, at) => at > index && !isFolded(row))
  return rows.slice(index, end < 0 ? undefined : end).flatMap((row) => (isMessage(row) ? row.seq : []))
}
