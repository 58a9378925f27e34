import type { FrameListener } from './frames'

/** What a member does with the Engine.IO and Socket.IO packets a server sends, told apart by their first bytes. */
export interface PacketListeners {
  onOpen: () => void
  onPing: () => void
  onWelcome: () => void
  /** `start` is where the event's name begins. */
  onEvent: FrameListener
  onAck: (id: number, ack: Buffer) => void
}

const digit = (character: string) => character.charCodeAt(0)
const engine = { open: digit('0'), ping: digit('2'), message: digit('4') }
const socketIo = { connect: digit('0'), event: digit('2'), ack: digit('3') }
const bracket = digit('[')
const eventNameOffset = '42["'.length

export function createPacketReader(on: PacketListeners): FrameListener {
  const readAck: FrameListener = (bytes, start, end) => {
    const opening = bytes.indexOf(bracket, start)
    on.onAck(Number(bytes.toString('latin1', start + 2, opening)), Buffer.from(bytes.subarray(opening, end)))
  }

  const readMessage: FrameListener = (bytes, start, end) => {
    if (bytes[start + 1] === socketIo.event) on.onEvent(bytes, start + eventNameOffset, end)
    else if (bytes[start + 1] === socketIo.ack) readAck(bytes, start, end)
    else if (bytes[start + 1] === socketIo.connect) on.onWelcome()
    else throw unexpected(bytes, start, end)
  }

  return (bytes, start, end) => {
    if (bytes[start] === engine.message) readMessage(bytes, start, end)
    else if (bytes[start] === engine.ping) on.onPing()
    else if (bytes[start] === engine.open) on.onOpen()
    else throw unexpected(bytes, start, end)
  }
}

const unexpected = (bytes: Buffer, start: number, end: number) =>
  new Error(`the server sent an unexpected packet: ${bytes.toString('utf8', start, end)}`)
