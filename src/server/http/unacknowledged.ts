import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { monotonic } from '../budgets/token-bucket'

/** How many bytes the system still holds for the other side of a connection; undefined when it does not say. */
export type Unacknowledged = (socket: Socket) => number | undefined

/** 'later': asking again so soon would cost too much. */
export type AskSystem = () => Promise<Unacknowledged | 'later'>

const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6']
// Where there are very many connections, reading takes long: then it is done more seldom.
const restFactor = 20

/**
 * Linux alone tells. Its buffers take megabytes at once and nothing more for a minute, so that without this a slow
 * reader looks like none. https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function createUnacknowledged(): AskSystem {
  let mayReadAt = 0

  return async () => {
    if (monotonic() < mayReadAt) return 'later'
    const began = monotonic()
    const texts = await Promise.all(tables.map((table) => readFile(table, 'latin1').catch(() => '')))
    const ended = monotonic()
    mayReadAt = ended + (ended - began) * restFactor
    const held = heldIn(texts)
    return (socket) => held.get(placeOf(socket) ?? '')
  }
}

/** Read once for all connections: looking each of thousands up in the text would take longer than a turn may. */
function heldIn(texts: readonly string[]): Map<string, number> {
  const rows = texts.flatMap((text) => [
    ...text.matchAll(/:([0-9A-F]{4} (?:[0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):/g),
  ])
  return new Map(rows.map(([, place = '', held = '']) => [place, Number.parseInt(held, 16)]))
}

function placeOf({ localPort, remoteAddress, remotePort }: Socket): string | undefined {
  if (localPort === undefined || remoteAddress === undefined || remotePort === undefined) return undefined
  return `${port(localPort)} ${address(remoteAddress)}:${port(remotePort)}`
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
