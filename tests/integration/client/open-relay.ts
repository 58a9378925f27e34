import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
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
  /** Bytes of bodies that went up over HTTP, as far as they were let through. */
  uploaded: number
  /** What becomes of the next bytes of a body. `cut` breaks everything there is, `break` this request alone. */
  bodyRule: (uploaded: number) => 'pass' | 'cut' | 'break'
}

export async function openRelay(target: { url: string }): Promise<Relay> {
  const http = createServer((request, response) => forwardRequest(relay, target.url, request, response))
  const server = new WebSocketServer({ server: http })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const relay: Relay = {
    url: `http://127.0.0.1:${port}`,
    rule: () => 'pass',
    isBlackHole: false,
    connections: () => server.clients.size,
    cutAll() {
      server.clients.forEach((client) => client.terminate())
      http.closeAllConnections()
    },
    uploaded: 0,
    bodyRule: () => 'pass',
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
    http.close()
    await once(http, 'close')
  })
  return relay
}

function forwardRequest(relay: Relay, target: string, request: IncomingMessage, response: ServerResponse) {
  const { method, url = '/', headers } = request
  const upstream = ask(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } })
  let isBroken = false
  let passedOn = Promise.resolve()
  function breakOff(fate: 'cut' | 'break') {
    isBroken = true
    // What was let through arrives: how much a cut loses is not to depend on how busy this process is.
    void passedOn.then(() => {
      upstream.destroy()
      request.destroy()
      if (fate === 'cut') relay.cutAll()
    })
  }
  request.on('data', (bytes: Buffer) => {
    if (relay.isBlackHole || isBroken) return
    const fate = relay.bodyRule(relay.uploaded)
    if (fate !== 'pass') {
      breakOff(fate)
      return
    }
    relay.uploaded += bytes.length
    passedOn = new Promise((resolve) => upstream.write(bytes, () => resolve()))
  })
  request.on('end', () => upstream.end())
  request.on('close', () => {
    if (!request.complete) upstream.destroy()
  })
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  upstream.on('error', () => response.destroy())
}

/** Buffers are what `ws` is left to deliver by default. */
const text = (raw: RawData) => (raw as Buffer).toString()

export const isAnnouncement = (name: string, frame: string): boolean => frame.startsWith(`42["${name}"`)
/** Socket.IO numbers questions: `421["send_message"`, and their answers: `431[`. */
export const isQuestion = (name: string, frame: string): boolean => new RegExp(`^42\\d+\\["${name}"`).test(frame)
export const isAnswer = (frame: string): boolean => /^43\d+\[/.test(frame)
