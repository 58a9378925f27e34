import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { monotonic } from '../budgets/token-bucket'

/** How many bytes the system still holds for the other side of a connection; undefined when it does not say. */
export type Unacknowledged = (socket: Socket) => number | undefined

const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6']
// Where there are very many connections, reading takes long: then it is done more seldom.
const restFactor = 20

/**
 * Linux alone tells. Its buffers take megabytes at once and nothing more for a minute, so that without this a slow
 * reader looks like none. https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function createUnacknowledged(): () => Promise<Unacknowledged | 'later'> {
  let mayReadAt = 0

  return async () => {
    if (monotonic() < mayReadAt) return 'later'
    const began = monotonic()
    const texts = await Promise.all(tables.map((table) => readFile(table, 'latin1').catch(() => '')))
    const ended = monotonic()
    mayReadAt = ended + (ended - began) * restFactor
    return (socket) => find(texts, socket)
  }
}

function find(texts: readonly string[], socket: Socket): number | undefined {
  const { localPort, remoteAddress, remotePort } = socket
  if (localPort === undefined || remoteAddress === undefined || remotePort === undefined) return undefined
  const place = new RegExp(
    `:${port(localPort)} ${address(remoteAddress)}:${port(remotePort)} [0-9A-F]{2} ([0-9A-F]{8}):`,
  )
  for (const text of texts) {
    const held = place.exec(text)?.[1]
    if (held !== undefined) return Number.parseInt(held, 16)
  }
  return undefined
}

const hex = (bytes: readonly number[]) =>
  bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
const port = (number: number) => hex([number >> 8, number & 255])

/** Four bytes at a time, the last first. */
function address(text: string): string {
  const [plain = ''] = text.split('%')
  const bytes = ipaddr.parse(plain).toByteArray()
  const words = Array.from({ length: bytes.length / 4 }, (_, n) => bytes.slice(n * 4, n * 4 + 4).toReversed())
  return hex(words.flat())
}
