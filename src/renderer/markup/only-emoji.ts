import * as v from 'valibot'
import { Emoji } from '#shared/protocol/text'

const most = 6
const longest = most * 40
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Whether a message is nothing but a few emoji, which are then shown big. */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > longest || /[\p{L}\p{P}]/u.test(text.replace(/[#*]/g, ''))) return false
  const signs = [...graphemes.segment(text.replace(/\s/g, ''))]
  return signs.length > 0 && signs.length <= most && signs.every(({ segment }) => v.is(Emoji, segment))
}
