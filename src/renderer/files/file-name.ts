import { limits } from '#shared/protocol/limits'
import { utf8Length } from '#shared/protocol/text'

export interface NameParts {
  readonly stem: string
  /** With its dot; empty without one. */
  readonly extension: string
}

const longestExtension = 12
const invisible = /(?!\u200D)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu

/** A name as it would be saved and opened: no path, nothing that turns or hides letters, no dots that would be dropped. */
export const plainName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '')
    .replace(invisible, '')
    .replace(/[. ]+$/u, '')
    .trim() || 'file'

export function nameParts(name: string): NameParts {
  const plain = plainName(name)
  const dot = plain.lastIndexOf('.')
  const isExtension = dot > 0 && plain.length - dot <= longestExtension
  return isExtension ? { stem: plain.slice(0, dot), extension: plain.slice(dot) } : { stem: plain, extension: '' }
}

/** The name under which a file is sent: whatever the disk calls it, in a length that servers take. */
export function sentName(name: string): string {
  const { stem, extension } = nameParts(name)
  const room = limits.fileNameBytes - utf8Length(extension)
  let short = stem
  while (utf8Length(short) > room) short = short.slice(0, -1).replace(/\p{Surrogate}$/u, '')
  return short + extension
}
