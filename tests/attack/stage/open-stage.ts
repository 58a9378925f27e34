import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRawPerson, type RawSocket } from '../../support/raw-socket'
import { heardOrClosed } from '../../support/socket-ends'
import { enter } from './intruder'
import type { Stage } from './stage'

export interface StageOptions {
  url: string
  roomId: string
  isShort: boolean
  lastsMs: number
  printedBytes: () => number
  isReady: () => Promise<void>
  onBroken: (words: string) => void
}

/** Everything an attack opens is known here, so that it is closed with it. */
export function openStage({ url, roomId, onBroken, ...rest }: StageOptions): Stage {
  const port = Number(new URL(url).port)
  const sockets = new Set<Socket>()
  const visitors = new Set<RawSocket>()
  let addresses = 0

  const address = () => {
    addresses++
    return `127.66.${Math.floor(addresses / 254) % 256}.${(addresses % 254) + 1}`
  }

  async function tcp(from: string): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    await heardOrClosed(socket, 'connect')
    return socket
  }

  async function visitor(from: string, session?: string): Promise<RawSocket> {
    const socket = await openRawPerson(url, { protocol: 1, client: 'raw/1', ...(session && { session }) }, from)
    visitors.add(socket)
    void socket.closed.then(() => visitors.delete(socket))
    return socket
  }

  return {
    ...rest,
    url,
    port,
    roomId,
    address,
    tcp,
    visitor,
    member: async (name, { from = address(), roomId: into = roomId, session } = {}) =>
      enter(await visitor(from, session), from, [
        'join_room',
        { roomId: into, ...(session === undefined && { name }) },
      ]),
    host: async (name, { from = address() } = {}) =>
      enter(await visitor(from), from, ['create_room', { name, retention: 'forever' }]),
    async keepOn(act, everyMs) {
      const end = performance.now() + rest.lastsMs
      while (performance.now() < end) {
        await act()
        await sleep(everyMs)
      }
    },
    mustHold(isKept, words) {
      if (!isKept) onBroken(words)
    },
    letGo() {
      for (const socket of sockets) socket.destroy()
      for (const { ws } of visitors) ws.terminate()
    },
  }
}
