import * as v from 'valibot'
import { graphemesOf } from '#shared/graphemes'
import { Emoji } from '#shared/protocol/text'

const most = 6
const longest = most * 40

/** Whether a message is nothing but a few emoji, which are then shown big. */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > longest || /[\p{L}\p{P}]/u.test(text.replace(/[#*]/g, ''))) return false
  const signs = [...graphemesOf(text.replace(/\s/g, ''))]
  return signs.length > 0 && signs.length <= most && signs.every((sign) => v.is(Emoji, sign))
}
