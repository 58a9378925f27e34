import type { Duplex } from 'node:stream'

const longest = { header: 10, mask: 4 }
/** So many bytes are as much work as a frame. */
const bytesPerFrame = 4_096

/**
 * Counts the WebSocket frames in what arrives, by reading nothing but their headers. Pings, pongs, empty frames and
 * pieces of a message never reach the rest of the server one by one, yet each costs it something. RFC 6455, 5.2.
 */
export function createFrameCount(): (chunk: Buffer) => number {
  const header = Buffer.alloc(longest.header)
  let known = 0
  let left = 0

  const sizeOf = (short: number) => (short === 126 ? 4 : short === 127 ? longest.header : 2)
  const lengthOf = (short: number) =>
    short === 126 ? header.readUInt16BE(2) : short === 127 ? Number(header.readBigUInt64BE(2)) : short

  return (chunk) => {
    let frames = 0
    for (let at = 0; at < chunk.length;) {
      const skipped = Math.min(left, chunk.length - at)
      at += skipped
      left -= skipped
      if (at === chunk.length) break
      header[known++] = chunk[at++] ?? 0
      const second = header[1] ?? 0
      if (known < 2 || known < sizeOf(second & 0x7f)) continue
      left = lengthOf(second & 0x7f) + (second & 0x80 ? longest.mask : 0)
      known = 0
      frames++
    }
    return frames
  }
}

/**
 * Ends a connection that sends more frames than it may, large ones counting for several, or leaves unread what they are
 * answered with. Neither that chunk nor anything that follows is parsed.
 */
export function watchFrames(
  socket: Duplex,
  options: { isOver: (frames: number) => boolean; mostUnread: number; close: (reason: string) => void },
) {
  const count = createFrameCount()
  function mayPass(chunk: Buffer): boolean {
    if (socket.destroyed) return false
    if (options.isOver(count(chunk) + chunk.length / bytesPerFrame)) options.close('too_many_frames')
    else if (socket.writableLength > options.mostUnread) options.close('slow_reader')
    return !socket.destroyed
  }

  // A listener could not keep a chunk from the parser, which was there first.
  const emit = socket.emit.bind(socket) as (name: string | symbol, ...values: unknown[]) => boolean
  socket.emit = (name: string | symbol, ...values: unknown[]) =>
    name === 'data' && !mayPass(values[0] as Buffer) ? true : emit(name, ...values)
}
