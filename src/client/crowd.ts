import type { MemberId } from '#shared/protocol/ids'
import type { Ask } from './ask'
import { pause } from './pause'
import type { OpenRoom } from './room'
import type { Link } from './transport/link'

/** Pages of one crowd: a server that never comes to an end is not believed. */
const mostPages = 50
const longestWaitMs = 60_000

export interface Crowd {
  /** Asks for the members that an entry has left out, until all are known. */
  run: (room: OpenRoom, link: Link) => Promise<void>
}

export function createCrowd({ ask }: { ask: Ask }): Crowd {
  return {
    async run(room, link) {
      const wanted = room.missingMembers()
      let after: MemberId | undefined
      // Entered again meanwhile, the room starts over.
      const isOver = () => link.ended.isSet() || room.isRetired() || room.missingMembers() !== wanted
      for (let page = 1; wanted && page <= mostPages; page++) {
        const { roomId } = room
        const reply = await ask(link, 'fetch_members', { roomId, ...(after !== undefined && { after }) })
        if (isOver()) return
        if (!reply.ok) {
          if (reply.error.code !== 'rate_limited') return
          await pause(Math.min(reply.error.retryAfterMs ?? longestWaitMs, longestWaitMs), link.ended)
          if (isOver()) return
          continue
        }
        const { members, hasMore } = reply.value
        const last = members.at(-1)?.memberId
        room.takeMembers(members, !hasMore || last === undefined || last === after || page === mostPages)
        if (isOver()) return
        after = last
      }
    },
  }
}
