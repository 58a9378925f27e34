import { rgbaToThumbHash } from 'thumbhash'
import { limits } from '#shared/protocol/limits'
import { mostPixels } from './file-kind'
import { fitWithin, type Box } from './fit-within'

/** What stands for a picture: a hint of it before it is there, and a smaller one where that is worth sending. */
export interface Drawn {
  readonly preview: string
  readonly thumbnail?: Blob
}

const thumbnailSide = 640
const smallBytes = 200_000

/** Whether a picture can stand for itself. */
export const isSmall = ({ width, height }: Box, bytes: Blob): boolean =>
  Math.max(width, height) <= thumbnailSide && bytes.size <= smallBytes

const hintSide = 100
const qualities = [0.82, 0.6, 0.3]

/** Draws a picture whose size is known to be bearable. */
export async function drawPicture(
  picture: CanvasImageSource,
  size: Box,
  wantsThumbnail: boolean,
): Promise<Drawn | undefined> {
  const preview = hintOf(picture, size)
  if (preview === undefined) return undefined
  if (!wantsThumbnail) return { preview }
  const thumbnail = await toImage(drawn(picture, fitWithin(size, { width: thumbnailSide, height: thumbnailSide })))
  return thumbnail ? { preview, thumbnail } : { preview }
}

/** Undefined where the browser cannot show it. */
export async function loadPicture(url: string): Promise<HTMLImageElement | undefined> {
  const picture = new Image()
  const isLoaded = new Promise<boolean>((resolve) => {
    picture.addEventListener('load', () => resolve(true))
    picture.addEventListener('error', () => resolve(false))
  })
  picture.src = url
  // Decoded when it is drawn: before that, a header that lied about the size is found out.
  return (await isLoaded) && picture.naturalWidth * picture.naturalHeight <= mostPixels ? picture : undefined
}

function hintOf(picture: CanvasImageSource, size: Box): string | undefined {
  const { width, height } = fitWithin(size, { width: hintSide, height: hintSide })
  const pixels = drawn(picture, { width, height }).getContext('2d')?.getImageData(0, 0, width, height)
  return pixels && btoa(String.fromCharCode(...rgbaToThumbHash(width, height, pixels.data)))
}

function drawn(picture: CanvasImageSource, { width, height }: Box): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(picture, 0, 0, width, height)
  return canvas
}

/** As good as its bytes allow: nobody takes a larger one. */
async function toImage(canvas: HTMLCanvasElement): Promise<Blob | undefined> {
  for (const quality of qualities) {
    const image = await encodedSmall(canvas, quality)
    if (image && image.size <= limits.thumbnailBytes) return image
  }
  return undefined
}

// Safari writes no WebP and answers with a PNG.
async function encodedSmall(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  const webp = await encoded(canvas, 'image/webp', quality)
  return webp?.type === 'image/webp' ? webp : encoded(canvas, 'image/jpeg', quality)
}

const encoded = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type, quality))
