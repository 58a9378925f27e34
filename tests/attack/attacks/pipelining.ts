import type { Socket } from 'node:net'
import type { Stage } from '../stage/stage'

export const request = (stage: Stage, method: string, target: string, lines: readonly string[] = []) =>
  [`${method} ${target} HTTP/1.1`, `Host: 127.0.0.1:${stage.port}`, ...lines, '', ''].join('\r\n')

/** Connections from one address that have asked for much and read none of it. */
export async function askUnread(stage: Stage, target: string, { connections, times }: Record<string, number>) {
  const from = stage.address()
  const asked = request(stage, 'GET', target).repeat(times ?? 1)
  const sockets: Socket[] = []
  for (let count = 0; count < (connections ?? 1); count++) {
    const socket = await stage.tcp(from)
    socket.write(asked)
    sockets.push(socket)
  }
  return sockets
}

/** Writes the same again and again, as fast as the server takes it, for as long as the attack lasts. */
export async function pour(stage: Stage, socket: Socket, bytes: Buffer): Promise<void> {
  const end = performance.now() + stage.lastsMs
  while (performance.now() < end && !socket.destroyed) {
    if (!socket.write(bytes)) await drained(socket, end - performance.now())
    else await new Promise(setImmediate)
  }
}

const drained = (socket: Socket, mostMs: number) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      socket.off('drain', done).off('close', done)
      resolve()
    }
    const timer = setTimeout(done, Math.max(0, mostMs))
    socket.on('drain', done).on('close', done)
  })
