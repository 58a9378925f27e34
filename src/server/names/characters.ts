// As strings because the `v` flag is newer than the language level the rest is checked at.
const emoji = new RegExp('\\p{RGI_Emoji}', 'gv')

/** Controls, format characters, what is unassigned, private or half a pair, line ends, and what shows as nothing. */
const unfit = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Myanmar and Tibetan write whole syllables as one letter and its marks; elsewhere a third mark is decoration. */
const piledMarks = /(?:(?![\p{Script=Myanmar}\p{Script=Tibetan}])\p{M}){3}|[\p{Mn}\p{Me}]{4}|\p{M}{6}/u
const looseMark = /(?:^|[^\p{L}\p{M}\p{N}])\p{M}/u
const somethingToRead = /[\p{L}\p{N}]/u

/** Whether every character shows, and shows as what it is. */
export function isReadable(raw: string): boolean {
  const words = raw.replace(emoji, ' ')
  if (unfit.test(words)) return false

  const apart = words.normalize('NFD')
  if (piledMarks.test(apart) || looseMark.test(apart)) return false
  return somethingToRead.test(words) || words.length < raw.length
}

/** Emoji are pictures, not letters: they have no script and no look-alikes to fold. */
export const withoutEmoji = (name: string): string => name.replace(emoji, '')
