import type { FileType } from '#shared/protocol/files'
import { safeFileName } from '#shared/safe-file-name'

/** Bytes of a stranger's: saved or shown as what they are, and never a page of ours. */
export const servedHeaders = ({ name, type }: { name: string; type: FileType }): Readonly<Record<string, string>> => ({
  'Content-Type': type,
  'Content-Disposition': disposition(safeFileName(name)),
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
})

/** https://www.rfc-editor.org/rfc/rfc6266 */
function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
