export interface Range {
  readonly start: number
  readonly end: number
}

/** A change of a text: what stands from `start` to `end` becomes `text`, and `select` is selected then. */
export interface Edit extends Range {
  readonly text: string
  readonly select: Range
}

/** Puts marks around the selection, or takes them away where they are. */
export function wrapped(text: string, { start, end }: Range, mark: string): Edit {
  const chosen = text.slice(start, end)
  const isMarked = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark
  if (isMarked) {
    const from = start - mark.length
    return { start: from, end: end + mark.length, text: chosen, select: { start: from, end: from + chosen.length } }
  }
  const from = start + mark.length
  return { start, end, text: `${mark}${chosen}${mark}`, select: { start: from, end: from + chosen.length } }
}

/** Makes the selection the words of a link, ready for its address. */
export function linked(text: string, { start, end }: Range): Edit {
  const words = text.slice(start, end)
  const address = 'https://'
  const from = start + words.length + 3
  return { start, end, text: `[${words}](${address})`, select: { start: from, end: from + address.length } }
}
