import type { ServerUrl } from '#shared/address'
import type { Connection } from '#shared/bridge'
import type { ServerConnection } from './connection'
import type { Link } from './transport/link'

export interface Servers {
  /** The servers a person would ask about: those with rooms, and those being visited. */
  shown: () => readonly Connection[]
  isShown: (server: ServerUrl) => boolean
  get: (server: ServerUrl) => ServerConnection | undefined
  /** Those that can be asked now, and over which link. */
  reachable: () => readonly { server: ServerUrl; link: Link }[]
  /** Connects if needed, and stays connected until `end` is called. */
  visit: (server: ServerUrl) => { connection: ServerConnection; end: () => void }
  /** Connects to a server that is needed, lets go of one that is not. */
  tend: (server: ServerUrl) => void
  networkChanged: () => void
  close: () => void
}

export interface ServersOptions {
  hasRooms: (server: ServerUrl) => boolean
  /** Something is still to be told there, though no room is. */
  hasErrands: (server: ServerUrl) => boolean
  connect: (server: ServerUrl) => ServerConnection
}

/** One connection for each server that is needed, and none for the others. */
export function createServers({ hasRooms, hasErrands, connect }: ServersOptions): Servers {
  const connections = new Map<ServerUrl, ServerConnection>()
  const visitors = new Map<ServerUrl, number>()
  const isVisited = (server: ServerUrl) => (visitors.get(server) ?? 0) > 0
  const isShown = (server: ServerUrl) => hasRooms(server) || isVisited(server)

  function ensure(server: ServerUrl): ServerConnection {
    const connection = connections.get(server) ?? connect(server)
    connections.set(server, connection)
    return connection
  }

  function tend(server: ServerUrl) {
    if (isShown(server) || hasErrands(server)) return void ensure(server)
    connections.get(server)?.close()
    connections.delete(server)
  }

  return {
    isShown,
    tend,
    shown: () => [...connections].filter(([server]) => isShown(server)).map(([, connection]) => connection.current()),
    get: (server) => connections.get(server),
    reachable: () =>
      [...connections].flatMap(([server, connection]) => {
        const link = connection.link()
        return link ? [{ server, link }] : []
      }),
    visit(server) {
      visitors.set(server, (visitors.get(server) ?? 0) + 1)
      return {
        connection: ensure(server),
        end() {
          visitors.set(server, (visitors.get(server) ?? 1) - 1)
          if (!isVisited(server)) visitors.delete(server)
          tend(server)
        },
      }
    },
    networkChanged: () => connections.forEach((connection) => connection.networkChanged()),
    close() {
      connections.forEach((connection) => connection.close())
      connections.clear()
    },
  }
}
