import type { FileLooks, FileType } from '#shared/protocol/files'
import { drawPicture, isSmall, loadPicture, type Drawn } from './draw-picture'
import { kindOf } from './file-kind'
import type { Box } from './fit-within'
import { loadMedia, unloadMedia } from './load-media'
import { measureImage, type MeasuredImage } from './measure-image'
import { namedType } from './named-type'

/** What can be told of a file without opening it, and a smaller picture of it where that is worth sending. */
export interface ReadLooks {
  readonly type: FileType
  readonly looks: FileLooks
  readonly thumbnail?: Blob
}

// Cameras put up to a few hundred kilobytes before the size.
const headBytes = 1_048_576
const largestSide = 100_000
const longestMs = 86_400_000

/** Measured first, and decoded only where that is bearable. */
export async function readLooks(bytes: Blob): Promise<ReadLooks> {
  const image = measureImage(new Uint8Array(await bytes.slice(0, headBytes).arrayBuffer()))
  if (image) return readImage(bytes, image)
  const type = namedType(bytes.type)
  return /^(?:audio|video)\//.test(type) ? readMedia(bytes, type) : { type, looks: {} }
}

async function readImage(bytes: Blob, { type, isMoving, ...size }: MeasuredImage): Promise<ReadLooks> {
  const looks = sizeLooks(size)
  if (kindOf({ type, ...looks }) !== 'picture') return { type, looks }
  const drawn = await withUrl(bytes, async (url) => {
    const picture = await loadPicture(url)
    // A picture that moves stands still until somebody opens it.
    return picture && drawPicture(picture, size, isMoving || !isSmall(size, bytes))
  })
  return whole(type, looks, drawn)
}

async function readMedia(bytes: Blob, type: FileType): Promise<ReadLooks> {
  return withUrl(bytes, async (url) => {
    const media = await loadMedia(url)
    if (!media) return { type, looks: {} }
    const { durationMs = longestMs, size, element } = media
    const drawn = size && (await drawPicture(element, size, true))
    unloadMedia(element)
    return whole(type, { ...(size && sizeLooks(size)), ...(durationMs < longestMs && { durationMs }) }, drawn)
  })
}

const whole = (type: FileType, looks: FileLooks, drawn: Drawn | undefined): ReadLooks => ({
  type,
  looks: { ...looks, ...(drawn && { preview: drawn.preview }) },
  ...(drawn?.thumbnail && { thumbnail: drawn.thumbnail }),
})

const sizeLooks = ({ width, height }: Box): FileLooks =>
  Math.min(width, height) >= 1 && Math.max(width, height) <= largestSide ? { width, height } : {}

async function withUrl<T>(bytes: Blob, use: (url: string) => Promise<T>): Promise<T> {
  const url = URL.createObjectURL(bytes)
  try {
    return await use(url)
  } finally {
    URL.revokeObjectURL(url)
  }
}
