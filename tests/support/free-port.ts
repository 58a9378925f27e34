import { createServer } from 'node:net'

/** Ports that no outgoing connection is given: on Linux, macOS and Windows those begin at 32,768 or later. */
const [first, end] = [10_000, 32_768]

/** A port that is free on loopback now, to be taken again after every restart. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * (end - first))
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
