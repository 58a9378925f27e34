import type { IncomingMessage, ServerResponse } from 'node:http'

export interface BodyDeadline {
  windowMs: number
  /** What each window must bring; `Infinity` allows for one window in all. */
  leastBytes: number
}

/** Node has one deadline for all requests, and that for a page is too short for a film: so each body has its own. */
export function watchBody(request: IncomingMessage, response: ServerResponse, deadline: BodyDeadline): void {
  const { socket, headers } = request
  if (headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > 0)) return

  let received = socket.bytesRead
  const timer = setInterval(() => {
    const isMoving = socket.bytesRead - received >= deadline.leastBytes
    received = socket.bytesRead
    // Once answered, nobody waits for the rest.
    if (isMoving && !response.writableEnded) return
    clearInterval(timer)
    if (!response.headersSent) response.writeHead(408, { Connection: 'close' }).end()
    socket.destroySoon()
  }, deadline.windowMs)
  // Answered before its end, Node lets go of it: whoever reads it would wait for ever.
  const end = () => void request.destroy()
  socket.once('close', end)
  request.once('close', () => {
    clearInterval(timer)
    socket.off('close', end)
  })
}
