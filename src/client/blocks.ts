import type { ServerUrl } from '#shared/address'
import type { MemberId } from '#shared/protocol/ids'
import type { Tell } from './news'

/** Whom this person has blocked, per server. The server keeps it; this is what it last said. */
export interface Blocks {
  on: (server: ServerUrl) => readonly MemberId[]
  receive: (server: ServerUrl, blocked: readonly MemberId[]) => void
  change: (server: ServerUrl, memberId: MemberId, isBlocked: boolean) => void
}

export function createBlocks(tell: Tell): Blocks {
  const byServer = new Map<ServerUrl, readonly MemberId[]>()
  const on = (server: ServerUrl) => byServer.get(server) ?? []

  function receive(server: ServerUrl, blocked: readonly MemberId[]) {
    const before = on(server)
    byServer.set(server, blocked)
    const isSame = before.length === blocked.length && blocked.every((memberId) => before.includes(memberId))
    if (!isSame) tell({ kind: 'blocked', server, blocked })
  }

  return {
    on,
    receive,
    change(server, memberId, isBlocked) {
      const others = on(server).filter((other) => other !== memberId)
      receive(server, isBlocked ? [...others, memberId] : others)
    },
  }
}
