import { ownServer, type ServerUrl } from '#shared/address'
import { startWords } from './text/start'

/** A server as people read it: `192.168.1.5:4545`. */
export const serverName = (server: ServerUrl): string =>
  server === ownServer ? startWords.thisComputer : server.replace(/^https?:\/\//, '')
