import type { Socket } from 'node:net'

/** What Node calls with each request it has read; not part of its interface. */
interface Parser {
  onIncoming?: () => number
}

// As after an upgrade.
const noMoreHttp = 2

/** Closes a connection. Of what has arrived on it already, Node would read hundreds of requests on to the end. */
export function stopReading(socket: Socket) {
  const { parser } = socket as Socket & { parser?: Parser | null }
  if (parser) parser.onIncoming = () => noMoreHttp
  socket.destroy()
}
