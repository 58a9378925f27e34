const longest = 200
const marks =
  /```[\w+-]*|`|(?<![\p{L}\p{N}])(?:\*\*|__|~~|\*|_)(?=\S)|(?<=\S)(?:\*\*|__|~~|\*|_)(?![\p{L}\p{N}])|^(?:>|[-*]) /gmu

/** A text without the marks that shape it, on one line. */
export const withoutMarks = (text: string): string => text.replace(marks, '').replace(/\s+/gu, ' ').trim()

/** The beginning of a text, on one line. */
export const oneLine = (text: string): string => withoutMarks(text.slice(0, longest))
