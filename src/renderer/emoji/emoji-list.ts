import { emojiTable } from './emoji-table'

export interface EmojiEntry {
  readonly emoji: string
  readonly name: string
  readonly codes: readonly string[]
  /** Everything that finds it. */
  readonly words: string
}

/** All emoji, in groups of what belongs together. */
export const emojiGroups: readonly (readonly EmojiEntry[])[] = emojiTable
  .split('\n\n')
  .map((group) => group.split('\n').map(entryOf))
const all = emojiGroups.flat()

function entryOf(line: string): EmojiEntry {
  const [emoji = '', name = '', codes = '', tags = ''] = line.split('\t')
  return { emoji, name, codes: codes.split(' '), words: ` ${codes} ${name} ${tags}`.toLowerCase().replaceAll('_', ' ') }
}

export const emojiOf = (code: string): string | undefined =>
  all.find(({ codes }) => codes.includes(code.toLowerCase()))?.emoji

/** The emoji whose code or name begins with what is asked for, then those that a word of theirs finds. */
export function findEmoji(asked: string, most: number): readonly EmojiEntry[] {
  const code = asked.trim().toLowerCase().replaceAll(' ', '_')
  const word = ` ${code.replaceAll('_', ' ')}`
  const byCode = all.filter(({ codes }) => codes.some((one) => one.startsWith(code)))
  const byWord = all.filter((entry) => entry.words.includes(word) && !byCode.includes(entry))
  const length = ({ codes }: EmojiEntry) =>
    Math.min(...codes.filter((one) => one.startsWith(code)).map((one) => one.length))
  return [...byCode.sort((a, b) => length(a) - length(b)), ...byWord].slice(0, most)
}
