import { utf8Length } from './protocol/text'

const mostBytes = 120
const mostExtensionBytes = 20

// Names that are devices on Windows, whatever comes after a dot.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\s*\.)/iu

/** A sender's name for a file as one to save it under, on any system: one part of a path, and nothing that deceives. */
export function safeFileName(name: string): string {
  const [part = ''] = name.split(/[/\\]/).slice(-1)
  const plain = part.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, '').replace(/[<>:"|?*]/g, '_')
  const trimmed = withoutEdges(shortened(withoutEdges(plain)))
  if (trimmed === '') return 'file'
  return device.test(trimmed) ? `_${trimmed}` : trimmed
}

/** Windows lets go of dots and spaces at the end; a dot at the beginning hides a file elsewhere. */
const withoutEdges = (name: string): string => name.replace(/^[\s.]+|[\s.]+$/gu, '')

/** What it is called may be cut, what it is may not. */
function shortened(name: string): string {
  if (utf8Length(name) < mostBytes) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && utf8Length(name.slice(dot)) <= mostExtensionBytes ? name.slice(dot) : ''
  let stem = ''
  let left = mostBytes - 1 - utf8Length(extension)
  for (const character of extension === '' ? name : name.slice(0, dot)) {
    left -= utf8Length(character)
    if (left < 0) break
    stem += character
  }
  return `${stem}${extension}`
}
