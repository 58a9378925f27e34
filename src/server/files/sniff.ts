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

const ours: Readonly<Record<string, FileType>> = {
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'audio/mpeg': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/wav': 'audio/wav',
  'video/mp4': 'video/mp4',
  'video/webm': 'video/webm',
  'application/pdf': 'application/pdf',
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
  const found = ours[(await fileTypeFromBuffer(await headOf(path, typeBytes)))?.mime ?? '']
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
