import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A poor network between an app and a server. */
export interface SlowLine {
  port: number
  /** Bytes of uploads that came through. */
  uploaded: () => number
  /** Where each piece of an upload began, in the order they were sent. */
  offsets: () => readonly number[]
  /** Bytes of everything, both ways, between the app and this line. */
  crossed: () => number
  /** From now on as fast as it goes. */
  hurry: () => void
  close: () => void
}

/** Lets uploads through at so many bytes a second; everything else passes as it comes. */
export async function openSlowLine(to: number, bytesPerSecond: number): Promise<SlowLine> {
  const sockets = new Set<Socket>()
  const near = new Set<Socket>()
  const offsets: number[] = []
  let [uploaded, crossed, rate] = [0, 0, bytesPerSecond]

  const slowed = () =>
    new Transform({
      transform(bytes: Buffer, _encoding, pass) {
        uploaded += bytes.length
        if (rate === Infinity) pass(null, bytes)
        else setTimeout(() => pass(null, bytes), (bytes.length / rate) * 1_000)
      },
    })

  function forward(from: IncomingMessage, answer: ServerResponse) {
    const { url, method, headers } = from
    const on = request({ port: to, path: url, method, headers: { ...headers, host: `127.0.0.1:${to}` } }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
    })
    on.on('error', () => answer.destroy())
    answer.on('close', () => on.destroy())
    if (method === 'PATCH') {
      offsets.push(Number(headers['upload-offset']))
      from.pipe(slowed()).pipe(on)
    } else from.pipe(on)
  }

  const server = createServer(forward)
  server.on('connection', (socket) => {
    sockets.add(socket)
    near.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      near.delete(socket)
      crossed += carried(socket)
    })
  })
  server.on('upgrade', ({ url, headers }, socket: Socket, head) => {
    const on = connect(to, '127.0.0.1', () => {
      const lines = Object.entries({ ...headers, host: `127.0.0.1:${to}` }).map(
        ([name, value]) => `${name}: ${String(value)}`,
      )
      on.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      on.write(head)
      socket.pipe(on).pipe(socket)
    })
    sockets.add(on)
    on.on('error', () => socket.destroy())
    on.on('close', () => socket.destroy())
    socket.on('close', () => on.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    uploaded: () => uploaded,
    offsets: () => offsets,
    crossed: () => [...near].reduce((sum, socket) => sum + carried(socket), crossed),
    hurry: () => void (rate = Infinity),
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const carried = ({ bytesRead, bytesWritten }: Socket) => bytesRead + bytesWritten
