const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [part])))

const big = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff)
const little = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (value >>> (8 * index)) & 0xff)

/** The first bytes of images: all that is read of them before they are decoded. */
export const heads = {
  png: (width: number, height: number, more = '') =>
    bytes('\x89PNG\r\n\x1a\n', 0, 0, 0, 13, 'IHDR', ...big(width), ...big(height), 8, 2, 0, 0, 0, more),
  gif: (width: number, height: number) => bytes('GIF89a', ...little(width, 2), ...little(height, 2), 0, 0, 0),
  webp: (width: number, height: number, flags = 0, more = '') =>
    bytes(
      'RIFF\0\0\0\0WEBPVP8X',
      ...little(10, 4),
      flags,
      0,
      0,
      0,
      ...little(width - 1, 3),
      ...little(height - 1, 3),
      more,
    ),
  /** `orientation` as a camera writes it when it was held otherwise. */
  jpeg: (width: number, height: number, orientation?: number) => {
    const exif =
      orientation === undefined
        ? []
        : [
            0xff,
            0xe1,
            ...[0, 34],
            'Exif\0\0MM\0*\0\0\0\x08',
            ...[0, 1],
            ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
            ...[0, 0, 0, 0],
          ]
    const size = [height >> 8, height & 0xff, width >> 8, width & 0xff]
    const start = [0xff, 0xe0, 0, 16, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0']
    return bytes(0xff, 0xd8, ...start, ...exif, 0xff, 0xc0, 0, 17, 8, ...size, 3, ...Array<number>(12).fill(0))
  },
}
