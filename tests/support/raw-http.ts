import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

const patienceMs = 8_000

/** Sends bytes as they are and reads the first answer; status 0 is a connection closed without one. */
export function rawRequest(port: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host })
    let received = ''
    const finish = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(readAnswer(received))
    }
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no answer in ${patienceMs} ms to ${String(bytes).slice(0, 80)}`))
    }, patienceMs)
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const answer = readAnswer(received)
      if (answer.status === 101) finish()
    })
    socket.on('error', finish)
    socket.on('end', finish)
    socket.on('close', finish)
  })
}

function readAnswer(received: string): RawAnswer {
  const [head = '', ...rest] = received.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: head.includes('\r\n') || received.includes('\r\n\r\n') ? Number(status.split(' ')[1] ?? 0) : 0,
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  }
}

const upgradeLines = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

/** One request, head only, the connection to be closed after it. */
export const requestHead = (method: string, target: string, lines: readonly string[]): string =>
  [`${method} ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n')

export const upgradeHead = (lines: readonly string[], target = '/socket.io/?EIO=4&transport=websocket'): string =>
  [`GET ${target} HTTP/1.1`, ...lines, ...upgradeLines, '', ''].join('\r\n')
