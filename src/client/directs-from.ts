import type { ServerUrl } from '#shared/address'
import type { DirectsFrom } from '#shared/protocol/contract'
import type { Tell } from './news'

/** From whom this person takes direct conversations, per server. The server keeps it; this is what it last said. */
export interface DirectsSetting {
  on: (server: ServerUrl) => DirectsFrom
  receive: (server: ServerUrl, from: DirectsFrom) => void
}

export function createDirectsSetting(tell: Tell): DirectsSetting {
  const byServer = new Map<ServerUrl, DirectsFrom>()
  const on = (server: ServerUrl): DirectsFrom => byServer.get(server) ?? 'everybody'

  return {
    on,
    receive(server, from) {
      if (on(server) === from) return
      byServer.set(server, from)
      tell({ kind: 'directs_from', server, from })
    },
  }
}
