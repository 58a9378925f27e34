import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack } from '../attack-shape'

const connections = 500
const mostMs = 12_000

const host = 'Host: 127.0.0.1'
/** What each sends before it falls silent. */
const beginnings = [
  '',
  'G',
  'GET / HTTP/1.1\r\n',
  `GET / HTTP/1.1\r\n${host}\r\nX-Slow: `,
  `POST / HTTP/1.1\r\n${host}\r\nContent-Length: 1000\r\n\r\nabc`,
  '\x16\x03\x01',
]

/** Each goes on with a byte a second, as a connection that is only slow would. */
export const slowClients: Attack = {
  name: 'slow-clients',
  strength: `${connections} connections of one address begin a request and send a byte a second`,
  isLong: true,
  async run(stage) {
    const from = stage.address()
    const sockets = await Promise.all(Array.from({ length: connections }, () => stage.tcp(from)))
    for (const [at, socket] of sockets.entries()) {
      socket.resume()
      socket.write(beginnings[at % beginnings.length] ?? '', 'latin1')
    }
    const trickle = setInterval(() => {
      for (const [at, socket] of sockets.entries())
        if (at % 2 === 0 && at % beginnings.length !== 0 && socket.writable) socket.write('a')
    }, 1_000)
    await sleep(mostMs)
    clearInterval(trickle)
    const open = sockets.filter((socket) => !socket.destroyed).length
    stage.mustHold(open === 0, `${open} of ${connections} are still there after ${mostMs} ms`)
  },
  weak: { server: { headersTimeoutMs: 600_000, requestTimeoutMs: 600_000, keepAliveMs: 600_000 }, breaks: ['own'] },
}
