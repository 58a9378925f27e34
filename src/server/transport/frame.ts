import type { Announcement, AnnouncementName } from '#shared/protocol/contract'
import { ackText } from './ack-text'

const finalText = 0x81
const shortest = 126
const longest16 = 65_536

/** A server's unmasked WebSocket text frame. RFC 6455, section 5.2. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < shortest ? 2 : length < longest16 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = finalText
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, header)
  return frame
}

/** An announcement as Socket.IO sends it: Engine.IO message `4`, Socket.IO event `2`, namespace `/`. */
export const announcementFrame = <A extends AnnouncementName>(name: A, payload: Announcement<A>): Buffer =>
  textFrame(`42${JSON.stringify([name, payload])}`)

/** An acknowledgement as Socket.IO sends it: message `4`, ack `3`, the id it was asked with. */
export const answerFrame = (id: number, answer: readonly unknown[]): Buffer => textFrame(`43${id}${ackText(answer)}`)
