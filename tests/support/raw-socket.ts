import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A WebSocket that speaks Socket.IO by hand: what it sends and hears are the packets themselves. */
export interface RawSocket {
  readonly ws: WebSocket
  /** Every text frame heard, Engine.IO type first. */
  readonly heard: readonly string[]
  send: (packet: string | Buffer) => void
  /** The first frame that starts so, now or later; rejects when the socket closes before. */
  next: (start: string) => Promise<string>
  closed: Promise<void>
}

export const socketPath = '/socket.io/?EIO=4&transport=websocket'

export async function openRawSocket(
  url: string,
  headers: Record<string, string> = {},
  from?: string,
): Promise<RawSocket> {
  const network = from === undefined ? {} : { localAddress: from }
  const ws = new WebSocket(url.replace('http', 'ws') + socketPath, { headers, perMessageDeflate: false, ...network })
  const heard: string[] = []
  const looks = new Set<() => void>()
  ws.on('message', (frame: Buffer) => {
    const text = frame.toString()
    if (text === '2') ws.send('3')
    heard.push(text)
    for (const look of looks) look()
  })
  ws.on('error', () => ws.terminate())
  const closed = new Promise<void>((resolve) => ws.once('close', () => resolve()))
  await once(ws, 'open')
  return {
    ws,
    heard,
    closed,
    send: (packet) => ws.send(packet),
    next: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = heard.find((text) => text.startsWith(start))
          if (found === undefined) return
          looks.delete(look)
          resolve(found)
        }
        looks.add(look)
        void closed.then(() => reject(new Error(`closed before ${start}`)))
        look()
      }),
  }
}

/** A raw socket that has said hello. */
export async function openRawPerson(
  url: string,
  auth: object = { protocol: 1, client: 'raw/1' },
  from?: string,
): Promise<RawSocket> {
  const socket = await openRawSocket(url, {}, from)
  socket.send(`40${JSON.stringify(auth)}`)
  await socket.next('40')
  return socket
}
