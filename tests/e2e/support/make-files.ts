import { deflateSync } from 'node:zlib'

export interface MadeFile {
  name: string
  mimeType: string
  buffer: Buffer
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A PNG; without `rows` only its header is true to the size, as in a bomb. */
export function pngFile(
  name: string,
  width: number,
  height: number,
  colour: readonly [number, number, number],
): MadeFile {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.alloc(1 + width * 3)
  const rows = Array.from({ length: height }, (_, y) => {
    for (let x = 0; x < width; x++) {
      const light = 0.55 + 0.45 * Math.sin((x + y) / 37) * Math.cos(y / 53)
      for (const [index, part] of colour.entries()) row[1 + x * 3 + index] = part * light
    }
    return Buffer.from(row)
  })
  const pixels = deflateSync(Buffer.concat(rows), { level: 6 })
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return { name, mimeType: 'image/png', buffer: Buffer.concat([signature, ...chunks]) }
}

/** A few hundred bytes that would be gigabytes of pixels. */
export function bombFile(name: string, side: number): MadeFile {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(65_536))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return { name, mimeType: 'image/png', buffer: Buffer.concat([signature, ...chunks]) }
}

const samplesPerSecond = 8_000

/** A tone, `seconds` long. */
export function wavFile(name: string, seconds: number): MadeFile {
  const count = samplesPerSecond * seconds
  const buffer = Buffer.alloc(44 + count)
  buffer.write('RIFF', 0, 'latin1')
  buffer.writeUInt32LE(36 + count, 4)
  buffer.write('WAVEfmt ', 8, 'latin1')
  buffer.writeUInt32LE(16, 16)
  buffer.writeUInt16LE(1, 20)
  buffer.writeUInt16LE(1, 22)
  buffer.writeUInt32LE(samplesPerSecond, 24)
  buffer.writeUInt32LE(samplesPerSecond, 28)
  buffer.writeUInt16LE(1, 32)
  buffer.writeUInt16LE(8, 34)
  buffer.write('data', 36, 'latin1')
  buffer.writeUInt32LE(count, 40)
  for (let index = 0; index < count; index++) buffer[44 + index] = 128 + 60 * Math.sin(index / 5)
  return { name, mimeType: 'audio/wav', buffer }
}

/** Bytes that no compression makes smaller and no type fits. */
export function otherFile(name: string, size: number): MadeFile {
  const buffer = Buffer.alloc(size)
  let state = 1
  for (let index = 0; index < size; index++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    buffer[index] = state >> 16
  }
  return { name, mimeType: 'application/octet-stream', buffer }
}
