import { once } from 'node:events'
import { WebSocket } from 'ws'
import { within } from '../waiting'
import type { Frame, Phase } from './packet'

/** A WebSocket that speaks Engine.IO by hand. */
export interface Connection {
  phase: Phase
  isOpen: () => boolean
  send: (frames: readonly Frame[]) => void
  /** The next frame that `read` makes something of, or `closed`; `silent` after `mostMs`. */
  next: <T>(read: (frame: string) => T | undefined, mostMs: number) => Promise<T | 'closed' | 'silent'>
  close: () => void
}

export interface Visitor {
  roomId: string
  name: string
  /** Known from the first join on. */
  session?: string
  rev?: number
}

const helloMs = 10_000

/** Opens a connection and takes it as far as `phase`; joining fills in the visitor's session. */
export async function openConnection(url: string, phase: Phase, visitor: Visitor): Promise<Connection> {
  const connection = await openWebSocket(url, phase)
  if (phase === 'opened') return connection

  const { roomId, name, session, rev } = visitor
  const auth = { protocol: 1, client: 'fuzz/1.0', ...(session && { session }) }
  await converse(connection, `40${JSON.stringify(auth)}`, /^40/)
  if (phase === 'connected') return connection

  const joined = await converse(
    connection,
    `420["join_room",${JSON.stringify({ roomId, name, since: rev })}]`,
    /^430\[/,
  )
  const [reply] = JSON.parse(joined.slice(3)) as [{ ok: boolean; value: { session: string; room: { rev: number } } }]
  if (!reply.ok) throw new Error(`${name} could not join: ${joined}`)
  visitor.session = reply.value.session
  visitor.rev = reply.value.room.rev
  return connection
}

async function openWebSocket(url: string, phase: Phase): Promise<Connection> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  })
  let hear: ((frame: string | undefined) => void) | undefined
  // A reset is one way of being closed, and 'close' follows.
  socket.on('error', () => hear?.(undefined))
  socket.on('close', () => hear?.(undefined))
  socket.on('message', (body: Buffer) => {
    const frame = body.toString()
    if (frame === '2') socket.send('3')
    else hear?.(frame)
  })
  await within(once(socket, 'message'), helloMs, 'the hello of a connection')

  return {
    phase,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send(frames) {
      for (const { body, binary } of frames) socket.send(body, { binary })
    },
    next: (read, mostMs) =>
      new Promise((resolve) => {
        const end = (outcome: Parameters<typeof resolve>[0]) => {
          clearTimeout(timer)
          hear = undefined
          resolve(outcome)
        }
        const timer = setTimeout(() => end('silent'), mostMs)
        hear = (frame) => {
          const outcome = frame === undefined ? 'closed' : read(frame)
          if (outcome !== undefined) end(outcome)
        }
        if (socket.readyState === WebSocket.CLOSED) end('closed')
      }),
    close: () => socket.terminate(),
  }
}

async function converse(connection: Connection, body: string, wanted: RegExp): Promise<string> {
  const answer = connection.next((frame) => (wanted.test(frame) || /^44/.test(frame) ? { frame } : undefined), helloMs)
  connection.send([{ body, binary: false }])
  const heard = await answer
  if (typeof heard === 'string' || !wanted.test(heard.frame)) {
    connection.close()
    throw new Error(`${body.slice(0, 40)} was met with ${typeof heard === 'string' ? heard : heard.frame}`)
  }
  return heard.frame
}
