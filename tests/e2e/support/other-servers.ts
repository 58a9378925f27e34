import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server as SocketServer } from 'socket.io'

export interface OtherServer {
  port: number
  close: () => Promise<void>
}

/** A web server that knows nothing of Parlor. */
export const startWebServer = (): Promise<OtherServer> =>
  listening(createServer((_request, response) => response.writeHead(404).end('Not here')))

/** Something in front of a server that lets nobody through. */
export const startGuardedServer = (): Promise<OtherServer> =>
  listening(createServer((_request, response) => response.writeHead(403).end()))

/** A server of a later Parlor, which does not speak this version any more. */
export function startLaterServer(): Promise<OtherServer> {
  const http = createServer()
  new SocketServer(http).use((_socket, next) =>
    next(Object.assign(new Error(), { data: { code: 'unsupported_version' } })),
  )
  return listening(http)
}

async function listening(server: Server): Promise<OtherServer> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
