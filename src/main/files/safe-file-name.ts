import { utf8Length } from '#shared/protocol/text'

const mostBytes = 120
const longestExtension = 20

/** Names that are devices on Windows, whatever extension they have. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00B9\u00B2\u00B3])\s*(\.|$)/i

/** What a sender calls a file, as a name that means nothing but a file on any system. */
export function safeFileName(name: string): string {
  const lastPart =
    name
      .normalize('NFC')
      .split(/[/\\]/)
      .findLast((part) => part.trim() !== '') ?? ''
  // Invisible and right-to-left characters make one extension look like another.
  const plain = lastPart.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').replace(/[<>:"|?*]/g, '_')
  const short = shortened(plain.replace(/^[\s.]+|[\s.]+$/gu, ''))
  if (short === '') return 'file'
  return device.test(short) ? shortened(`_${short}`) : short
}

/** Cut before the extension, so that it stays what it was. */
function shortened(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && utf8Length(name.slice(dot)) <= longestExtension ? name.slice(dot) : ''
  const most = mostBytes - utf8Length(extension)
  let stem = ''
  let bytes = 0
  for (const character of extension ? name.slice(0, dot) : name) {
    bytes += utf8Length(character)
    if (bytes > most) break
    stem += character
  }
  return stem.replace(/[\s.]+$/u, '') + extension
}
