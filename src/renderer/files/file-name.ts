import { limits } from '#shared/protocol/limits'
import { utf8Length } from '#shared/protocol/text'
import { safeFileName } from '#shared/safe-file-name'

export interface NameParts {
  readonly stem: string
  /** With its dot; empty without one. */
  readonly extension: string
}

const longestExtension = 12

function partsOf(name: string): NameParts {
  const dot = name.lastIndexOf('.')
  const isExtension = dot > 0 && name.length - dot <= longestExtension
  return isExtension ? { stem: name.slice(0, dot), extension: name.slice(dot) } : { stem: name, extension: '' }
}

/** A name as it would be saved, and so with the extension that would be opened. */
export const nameParts = (name: string): NameParts => partsOf(safeFileName(name))

/** The name under which a file is sent: as its disk has it, in a length that servers take. */
export function sentName(name: string): string {
  const { stem, extension } = partsOf(name.replace(/\p{Surrogate}/gu, '\uFFFD'))
  const space = limits.fileNameBytes - utf8Length(extension)
  let short = stem
  while (utf8Length(short) > space) short = short.slice(0, -1).replace(/\p{Surrogate}$/u, '')
  return short + extension
}
