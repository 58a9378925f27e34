// Firefox before 125 has none.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : undefined

/** Near enough: flags, and whatever carries marks or is joined to pictures. */
const cluster = /\p{RI}{2}|.[\p{M}\p{EMod}\u{E0020}-\u{E007F}]*(?:\u200D\p{ExtPict}[\p{M}\p{EMod}]*)*/gsu

/** Characters as a reader counts them (UAX 29). */
export function* graphemesOf(text: string): Generator<string> {
  if (segmenter) for (const { segment } of segmenter.segment(text)) yield segment
  else for (const [character] of text.matchAll(cluster)) yield character
}
