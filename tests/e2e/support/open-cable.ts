import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A network cable to a server, which somebody can pull out and plug in again. */
export interface Cable {
  port: number
  pull: () => void
  plug: () => void
  close: () => Promise<void>
}

export async function openCable(to: { port: number }): Promise<Cable> {
  const ends = new Set<Socket>()
  let isPlugged = true
  const server = createServer((near) => {
    if (!isPlugged) {
      near.destroy()
      return
    }
    const far = connect(to.port, '127.0.0.1')
    near.pipe(renamed(near.localPort ?? 0, to.port)).pipe(far)
    far.pipe(near)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
    }
  })
  const pull = () => {
    isPlugged = false
    for (const end of ends) end.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    pull,
    plug: () => (isPlugged = true),
    async close() {
      pull()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The server is told its own port, not the cable's: it answers to no other. */
const renamed = (from: number, to: number) =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, Buffer.from(chunk.toString('latin1').replaceAll(`:${from}\r\n`, `:${to}\r\n`), 'latin1')),
  })
