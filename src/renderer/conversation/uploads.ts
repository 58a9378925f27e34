import type { PendingFile } from '#shared/bridge'

/** How far a file has come, with what belongs to it. */
export interface Upload {
  readonly sent: number
  readonly of: number
  readonly percent: number
  readonly state: PendingFile['state']
}

export function uploadOf(file: PendingFile, files: readonly PendingFile[]): Upload {
  const parts = files.filter(({ fileId, thumbnailOf }) => [fileId, thumbnailOf].includes(file.fileId))
  const sent = parts.reduce((sum, part) => sum + Math.min(part.sent, part.size), 0)
  const of = parts.reduce((sum, { size }) => sum + size, 0)
  const isStored = parts.every(({ state }) => state === 'stored')
  // Until its thumbnail is there too, a file is on its way.
  const state = isStored || file.state !== 'stored' ? file.state : 'sending'
  return { sent, of, percent: of === 0 ? 0 : Math.floor((sent / of) * 100), state }
}
