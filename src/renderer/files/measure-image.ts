import { GIF } from 'image-size/types/gif'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import type { FileType } from '#shared/protocol/files'
import type { Box } from './fit-within'

export interface MeasuredImage extends Box {
  readonly type: FileType
}

const formats = [
  { type: 'image/png', format: PNG },
  { type: 'image/jpeg', format: JPG },
  { type: 'image/gif', format: GIF },
  { type: 'image/webp', format: WEBP },
] as const
/** In these orientations of a camera a picture lies on its side. */
const firstLying = 5

/** What an image says of itself in its first bytes; nothing is decoded. Undefined for everything else. */
export function measureImage(head: Uint8Array): MeasuredImage | undefined {
  try {
    const found = formats.find(({ format }) => format.validate(head))
    if (!found) return undefined
    const { width, height, orientation = 1 } = found.format.calculate(head)
    const box = orientation >= firstLying ? { width: height, height: width } : { width, height }
    return { type: found.type, ...box }
  } catch {
    // Cut off, or only made to look like an image: a file like any other.
    return undefined
  }
}
