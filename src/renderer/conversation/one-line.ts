const longest = 200

/** The beginning of a text, on one line. */
export const oneLine = (text: string): string => text.slice(0, longest).replace(/\s+/gu, ' ').trim()
