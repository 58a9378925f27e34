import { graphemeSegments } from 'unicode-segmenter/grapheme'

/**
 * Characters as a reader counts them (UAX 29). Not by `Intl.Segmenter`: browsers lack it or disagree about it while a
 * client and a server must count the same, and 16 KB take it long enough to hold up a server.
 */
export function* graphemesOf(text: string): Generator<string> {
  for (const { segment } of graphemeSegments(text)) yield segment
}

/** How many there are, up to `most` and one. */
export function countGraphemes(text: string, most = Infinity): number {
  let count = 0
  for (const _ of graphemeSegments(text)) if (++count > most) break
  return count
}
