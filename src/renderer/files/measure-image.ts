import { GIF } from 'image-size/types/gif'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import type { FileType } from '#shared/protocol/files'
import type { Box } from './fit-within'

export interface MeasuredImage extends Box {
  readonly type: FileType
  /** It is more than one picture, shown one after the other. */
  readonly isMoving: boolean
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
    return { type: found.type, ...box, isMoving: isMoving(found.type, head) }
  } catch {
    // Cut off, or only made to look like an image: a file like any other.
    return undefined
  }
}

const searchedBytes = 65_536

function isMoving(type: FileType, head: Uint8Array): boolean {
  if (type === 'image/gif') return true
  const mark = { 'image/webp': 'ANIM', 'image/png': 'acTL' }[type as string]
  return mark !== undefined && new TextDecoder('latin1').decode(head.subarray(0, searchedBytes)).includes(mark)
}
