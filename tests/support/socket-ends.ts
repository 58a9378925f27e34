import type { Socket } from 'node:net'

/** Resolves once a connection has closed. A reset is one way to close, and Node's own `once` would reject with it. */
export const closed = (socket: Socket): Promise<void> => heardOrClosed(socket, 'close')

/** Resolves once a connection has had its event, or has closed without it. */
export const heardOrClosed = (socket: Socket, event: 'connect' | 'data' | 'close'): Promise<void> =>
  new Promise((resolve) => {
    if (socket.closed) resolve()
    socket.on('error', () => undefined)
    socket.once(event, () => resolve())
    socket.once('close', () => resolve())
  })
