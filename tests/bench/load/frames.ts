import { randomBytes } from 'node:crypto'

const textFrame = 0x81
const masked = 0x80

/** `text` as one masked WebSocket frame, as every client must send it (RFC 6455 §5.2). */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const mask = randomBytes(4)
  for (let at = 0; at < payload.length; at++) payload[at]! ^= mask[at & 3]!
  return Buffer.concat([clientHeader(payload.length), mask, payload])
}

function clientHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([textFrame, masked | length])
  if (length > 0xffff) throw new RangeError('the load generator sends no frame this long')
  return Buffer.from([textFrame, masked | 126, length >> 8, length & 0xff])
}

/** Called with each whole frame's payload, in place: `bytes` is only valid during the call. */
export type FrameListener = (bytes: Buffer, start: number, end: number) => void

/** Cuts what a server sends into frames; what is incomplete waits for the next chunk. */
export function createFrameReader(onFrame: FrameListener): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  return (chunk) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    const read = readFrames(bytes, onFrame)
    // The chunk's memory is used again for the next read of any socket.
    rest = read < bytes.length ? Buffer.from(bytes.subarray(read)) : undefined
  }
}

function readFrames(bytes: Buffer, onFrame: FrameListener): number {
  let at = 0
  while (at + 2 <= bytes.length) {
    const short = bytes[at + 1]!
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (at + header > bytes.length) break
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const end = at + header + length
    if (end > bytes.length) break
    if (bytes[at] !== textFrame) throw new Error(`the server sent a frame of type ${bytes.toString('hex', at, end)}`)
    onFrame(bytes, at + header, end)
    at = end
  }
  return at
}
