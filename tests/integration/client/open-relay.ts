import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer, type RawData } from 'ws'

type Direction = 'up' | 'down'

/** A network of the test's own between a client and its server, frame by frame. */
export interface Relay {
  url: string
  /** What becomes of a frame; all pass until told otherwise. `cut` also loses it, and breaks the connection. */
  rule: (direction: Direction, frame: string) => 'pass' | 'lose' | 'cut'
  /** Connections stay open and carry nothing, in either direction. */
  isBlackHole: boolean
  connections: () => number
  cutAll: () => void
}

export async function openRelay(target: { url: string }): Promise<Relay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const relay: Relay = {
    url: `http://127.0.0.1:${port}`,
    rule: () => 'pass',
    isBlackHole: false,
    connections: () => server.clients.size,
    cutAll: () => server.clients.forEach((client) => client.terminate()),
  }

  server.on('connection', (client, request) => {
    const upstream = new WebSocket(`${target.url.replace('http', 'ws')}${request.url}`)
    const waiting: string[] = []
    const forward = (direction: Direction, frame: string, to: WebSocket) => {
      if (relay.isBlackHole) return
      const fate = relay.rule(direction, frame)
      if (fate === 'cut') client.terminate()
      if (fate === 'pass' && to.readyState === WebSocket.OPEN) to.send(frame)
    }
    client.on('message', (raw) => {
      if (upstream.readyState === WebSocket.CONNECTING) waiting.push(text(raw))
      else forward('up', text(raw), upstream)
    })
    upstream.on('open', () => waiting.splice(0).forEach((frame) => forward('up', frame, upstream)))
    upstream.on('message', (raw) => forward('down', text(raw), client))
    upstream.on('error', () => client.terminate())
    upstream.on('close', () => relay.isBlackHole || client.terminate())
    client.on('close', () => upstream.terminate())
  })
  onTestFinished(async () => {
    relay.cutAll()
    server.close()
    await once(server, 'close')
  })
  return relay
}

/** Buffers are what `ws` is left to deliver by default. */
const text = (raw: RawData) => (raw as Buffer).toString()

export const isAnnouncement = (name: string, frame: string): boolean => frame.startsWith(`42["${name}"`)
/** Socket.IO numbers questions: `421["send_message"`, and their answers: `431[`. */
export const isQuestion = (name: string, frame: string): boolean => new RegExp(`^42\\d+\\["${name}"`).test(frame)
export const isAnswer = (frame: string): boolean => /^43\d+\[/.test(frame)
