/** How a character joins its neighbours. https://www.unicode.org/reports/tr29/, table 2. */
const joins = {
  other: 1,
  cr: 2,
  lf: 3,
  control: 4,
  extend: 5,
  linker: 6,
  zwj: 7,
  spacingMark: 8,
  prepend: 9,
  flag: 10,
  picture: 11,
  consonant: 12,
  hangulL: 13,
  hangulV: 14,
  hangulT: 15,
  hangulLv: 16,
  hangulLvt: 17,
  nonJoiner: 18,
} as const
type Joins = (typeof joins)[keyof typeof joins]

// The first that matches is it. JavaScript has no property for these classes, only for what most of them are made of.
const patterns: readonly (readonly [RegExp, Joins])[] = [
  [/\r/, joins.cr],
  [/\n/, joins.lf],
  [/\u200D/, joins.zwj],
  [/\u200C/, joins.nonJoiner],
  [/[\u094D\u09CD\u0ACD\u0B4D\u0C4D\u0D4D]/, joins.linker],
  [/[\p{Grapheme_Extend}\p{Emoji_Modifier}]/u, joins.extend],
  [/[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u0D4E\u{110BD}\u{110CD}\u{111C2}\u{111C3}\u{113D1}]/u, joins.prepend],
  [/[\u{1193F}\u{11941}\u{11A84}-\u{11A89}\u{11D46}\u{11F02}]/u, joins.prepend],
  [/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, joins.control],
  [/[\u102B\u102C\u1038\u1062-\u1064\u1067-\u106D\u1083\u1087-\u108C\u108F\u109A-\u109C]/, joins.other],
  [/[\u1A61\u1A63\u1A64\uAA7B\uAA7D\u{11720}\u{11721}]/u, joins.other],
  [/[\p{Mc}\u0E33\u0EB3]/u, joins.spacingMark],
  [/\p{Regional_Indicator}/u, joins.flag],
  [/\p{Extended_Pictographic}/u, joins.picture],
  [/[\u1100-\u115F\uA960-\uA97C]/, joins.hangulL],
  [/[\u1160-\u11A7\uD7B0-\uD7C6]/, joins.hangulV],
  [/[\u11A8-\u11FF\uD7CB-\uD7FB]/, joins.hangulT],
  [/[\u0915-\u0939\u0958-\u095F\u0978-\u097F\u0995-\u09B9\u09DC-\u09DF\u09F0\u09F1]/, joins.consonant],
  [/[\u0A95-\u0AB9\u0AF9\u0B15-\u0B39\u0B5C-\u0B5F\u0B71\u0C15-\u0C39\u0C58-\u0C5A\u0D15-\u0D3A]/, joins.consonant],
]

const [firstSyllable, lastSyllable, syllablesPerVowel] = [0xac00, 0xd7a3, 28]

function read(point: number): Joins {
  if (point >= firstSyllable && point <= lastSyllable)
    return (point - firstSyllable) % syllablesPerVowel === 0 ? joins.hangulLv : joins.hangulLvt
  const character = String.fromCodePoint(point)
  return patterns.find(([pattern]) => pattern.test(character))?.[1] ?? joins.other
}

const known = new Uint8Array(0x2_0000)
const tags = { first: 0xe_0000, last: 0xe_0fff }

function joinsOf(point: number): number {
  if (point >= known.length) return point >= tags.first && point <= tags.last ? read(point) : joins.other
  const before = known[point]
  return before || (known[point] = read(point))
}

const isBreak = (kind: number) => kind === joins.cr || kind === joins.lf || kind === joins.control

const extendsLast = (kind: number) =>
  kind === joins.extend || kind === joins.linker || kind === joins.zwj || kind === joins.nonJoiner

function isOneSyllable(last: number, next: number): boolean {
  if (last === joins.hangulL) return next === joins.hangulL || (next >= joins.hangulV && next !== joins.hangulT)
  if (last === joins.hangulV || last === joins.hangulLv) return next === joins.hangulV || next === joins.hangulT
  return (last === joins.hangulT || last === joins.hangulLvt) && next === joins.hangulT
}

/**
 * Characters as a reader counts them (UAX 29), up to `most` and one. Intl.Segmenter takes a hundred times as long, long
 * enough to stop a server, and browsers disagree about it; a client and a server must count the same.
 */
export function countGraphemes(text: string, most = Infinity): number {
  let count = 0
  let last: number = joins.control
  let isPicture = false
  let conjunct: 'none' | 'consonant' | 'linked' = 'none'
  let isHalfFlag = false

  for (let index = 0; index < text.length && count <= most; index++) {
    const point = text.codePointAt(index) ?? 0
    if (point > 0xffff) index++
    const next = joinsOf(point)
    const isMark = extendsLast(next)
    const isJoined =
      isBreak(last) || isBreak(next)
        ? last === joins.cr && next === joins.lf
        : isMark ||
          next === joins.spacingMark ||
          last === joins.prepend ||
          isOneSyllable(last, next) ||
          (next === joins.consonant && conjunct === 'linked') ||
          (next === joins.picture && last === joins.zwj && isPicture) ||
          (next === joins.flag && isHalfFlag)
    if (!isJoined) count++

    if (!isMark) {
      isPicture = next === joins.picture
      conjunct = next === joins.consonant ? 'consonant' : 'none'
    } else if (next === joins.nonJoiner) conjunct = 'none'
    else if (next === joins.linker && conjunct === 'consonant') conjunct = 'linked'
    isHalfFlag = next === joins.flag && !(isHalfFlag && last === joins.flag)
    last = next
  }
  return count
}
