import { fileTypeFromBuffer } from 'file-type'
import { disableTypes, imageSize, types } from 'image-size'
import type { FileType } from '#shared/protocol/files'
import { headOf } from './disk'
import type { Measures } from './looks'

/** What a file is to whoever opens it. */
export interface Sniffed {
  type: FileType
  /** Of images; they all have them. */
  measures?: Measures
}

/** By file-type's name for it: a text in UTF-16 begins like MPEG sound of another layer, and shares only its MIME type. */
const ours: Readonly<Record<string, FileType>> = {
  png: 'image/png',
  apng: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  pdf: 'application/pdf',
}
const voices: Partial<Record<FileType, FileType>> = { 'video/mp4': 'audio/mp4', 'video/webm': 'audio/webm' }
const unknown: Sniffed = { type: 'application/octet-stream' }

// What file-type needs at most for what is on the list.
const typeBytes = 4_100
// A camera writes a preview of its own before the size.
const imageBytes = 524_288
const mostPixels = 100_000

disableTypes(types.filter((type) => !['png', 'jpg', 'gif', 'webp'].includes(type)))

/** By the first bytes, which are never decoded. A voice note is one because its sender says so: it shows no picture. */
export async function sniff(path: string, { isVoice }: { isVoice: boolean }): Promise<Sniffed> {
  const found = ours[(await fileTypeFromBuffer(await headOf(path, typeBytes)))?.ext ?? '']
  if (found === undefined) return unknown
  if (!found.startsWith('image/')) return { type: (isVoice && voices[found]) || found }

  const measures = measure(await headOf(path, imageBytes))
  return measures ? { type: found, measures } : unknown
}

/** As a viewer will show it: a camera that was held upright says so. */
function measure(head: Buffer): Measures | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(head)
    if (![width, height].every((length) => length >= 1 && length <= mostPixels)) return undefined
    return orientation >= 5 ? { width: height, height: width } : { width, height }
  } catch (error) {
    // Cut off or no image after all: whatever it says of itself cannot be shown.
    if (error instanceof Error) return undefined
    throw error
  }
}
