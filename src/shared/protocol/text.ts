import * as v from 'valibot'
import { countGraphemes } from '../graphemes'
import { limits } from './limits'

/** Bytes of `text` in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

// No text has more characters, or fewer bytes, than code units: count only what these leave open, and no further.
export const fits = (text: string, most: { graphemes: number; bytes: number }): boolean =>
  text.length <= most.bytes &&
  (text.length * 3 <= most.bytes || utf8Length(text) <= most.bytes) &&
  (text.length <= most.graphemes || countGraphemes(text, most.graphemes) <= most.graphemes)

/** Half a surrogate pair cannot be stored and read back unchanged. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)

/** The message a schema issue carries when a value is right but too big; it becomes `too_large`. */
export const tooLarge = 'too_large'

const isMessageSized = (text: string) => fits(text, { graphemes: limits.messageGraphemes, bytes: limits.messageBytes })
const isTitleSized = (text: string) => fits(text, { graphemes: limits.titleGraphemes, bytes: limits.titleBytes })

export const MessageText = v.pipe(
  v.string(),
  v.check(isMessageSized, tooLarge),
  v.check(isWellFormed),
  v.check((text) => text.trim() !== ''),
)

/** What is said beside files: like a message, but it may be empty. */
export const Caption = v.pipe(v.string(), v.check(isMessageSized, tooLarge), v.check(isWellFormed))

/** A file's name as its sender has it: data, never a path. */
export const FileName = v.pipe(
  v.string(),
  v.check((name) => name.length <= limits.fileNameBytes && utf8Length(name) <= limits.fileNameBytes, tooLarge),
  v.check((name) => name.trim() !== '' && isWellFormed(name)),
)

const picture = String.raw`\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?[\u{E0020}-\u{E007F}]*`
// Spelt out: Safari 16 on guests' phones has no \p{RGI_Emoji}.
const oneEmoji = new RegExp(
  String.raw`^(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|${picture}(?:\u200D${picture})*)$`,
  'u',
)

/** One emoji (UTS 51). */
export const Emoji = v.pipe(v.string(), v.maxLength(64), v.regex(oneEmoji))

export const SearchText = v.pipe(v.string(), v.maxLength(200), v.trim(), v.nonEmpty(), v.check(isWellFormed))

export const RoomTitle = v.pipe(
  v.string(),
  v.check(isTitleSized, tooLarge),
  v.trim(),
  v.check((title) => isWellFormed(title) && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(title.replace(/\u200D/gu, ''))),
)
