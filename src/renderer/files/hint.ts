import { thumbHashToRGBA } from 'thumbhash'

/** What a picture looks like before it is there; undefined when the sender wrote no such thing. */
export function readHint(preview: string): ImageData | undefined {
  try {
    const bytes = Uint8Array.from(atob(preview), (character) => character.charCodeAt(0))
    const { w, h, rgba } = thumbHashToRGBA(bytes)
    return new ImageData(new Uint8ClampedArray(rgba), w, h)
  } catch {
    return undefined
  }
}
