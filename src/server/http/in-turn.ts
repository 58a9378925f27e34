import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { stopReading } from './stop-reading'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

export interface InTurn {
  serve: Serve
  /** Whether an answer is under way on it. */
  isBusy: (socket: Socket) => boolean
}

// All of an answer's bytes can be there before its end: an honest client may then ask for one thing more, or a few.
const mostWaiting = 16

/**
 * One request under way per connection: those pipelined behind it open nothing until their turn comes. Node itself
 * hands over all at once, and never says of an answer still in line that its connection has closed.
 */
export function createInTurn(serve: Serve): InTurn {
  const lines = new WeakMap<Socket, [IncomingMessage, ServerResponse][]>()

  function begin(socket: Socket, request: IncomingMessage, response: ServerResponse) {
    response.once('close', () => next(socket))
    serve(request, response)
  }

  function next(socket: Socket) {
    const first = socket.destroyed ? undefined : lines.get(socket)?.shift()
    if (first) begin(socket, ...first)
    else lines.delete(socket)
  }

  return {
    serve(request, response) {
      const { socket } = request
      // Node reads on to the end of what has arrived.
      if (socket.destroyed) return
      const line = lines.get(socket)
      if (line === undefined) {
        lines.set(socket, [])
        begin(socket, request, response)
      } else if (line.length < mostWaiting) line.push([request, response])
      else stopReading(socket)
    },
    isBusy: (socket) => lines.has(socket),
  }
}
