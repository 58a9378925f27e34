import * as v from 'valibot'
import type { ServerUrl } from '#shared/address'
import type { ClientReply, RoomKey } from '#shared/bridge'
import { commands, type Input } from '#shared/protocol/contract'
import type { Message } from '#shared/protocol/entities'
import { limits } from '#shared/protocol/limits'
import type { RoomId } from '#shared/protocol/ids'
import type { Ask } from '../ask'
import type { RoomCalls } from '../door'
import type { Rooms } from '../rooms'
import { roomKey } from '../saved-entities'
import type { Servers } from '../servers'
import type { Link } from '../transport/link'
import { refuse, type Answering } from './answering'

export interface SearchingOptions {
  ask: Ask
  rooms: Rooms
  servers: Servers
}

interface Found {
  hits: readonly { key: RoomKey; message: Message }[]
  hasMore: boolean
  /** When the last of them was sent; nothing older was looked at where there is more. */
  backTo: number
}

/** Finds messages in one room, or in all rooms of all servers that can be asked. */
export function createSearching(
  { anywhere }: Answering,
  { ask, rooms, servers }: SearchingOptions,
): Pick<RoomCalls, 'searchMessages'> {
  async function search(server: ServerUrl, link: Link, wanted: Input<'search_messages'>): Promise<ClientReply<Found>> {
    const reply = await ask(link, 'search_messages', wanted)
    if (!reply.ok) return reply
    const isMeant = (hit: { roomId: RoomId; message: Message }) =>
      hit.message.roomId === hit.roomId &&
      (wanted.roomId === undefined || hit.roomId === wanted.roomId) &&
      rooms.get(roomKey(server, hit.roomId)) !== undefined
    const hits = reply.value.hits
      .filter(isMeant)
      .map(({ roomId, message }) => ({ key: roomKey(server, roomId), message }))
    const { hasMore } = reply.value
    const backTo = hasMore ? (reply.value.hits.at(-1)?.message.sentAt ?? -Infinity) : -Infinity
    return { ok: true, value: { hits, hasMore, backTo } }
  }

  return {
    searchMessages: anywhere(async ({ query, key, before }) => {
      const room = key === undefined ? undefined : rooms.get(key)
      if (key !== undefined && !room) return refuse('room_not_found')
      const input = v.safeParse(commands.search_messages.input, { query, before, roomId: room?.roomId })
      if (!input.success) return refuse('invalid_request', 'query')

      const asked = servers.reachable().filter(({ server }) => !room || server === room.server)
      const replies = await Promise.all(asked.map(({ server, link }) => search(server, link, input.output)))
      return merged(replies)
    }),
  }
}

/**
 * One server that does not answer hides nothing of what the others found. The next page begins where this one ends: so
 * it ends where the first server may have older ones.
 */
function merged(replies: readonly ClientReply<Found>[]): ClientReply<Pick<Found, 'hits' | 'hasMore'>> {
  const found = replies.flatMap((reply) => (reply.ok ? [reply.value] : []))
  if (found.length === 0) return replies.find((reply) => !reply.ok) ?? refuse('offline')
  const all = found.flatMap((one) => one.hits).sort((a, b) => b.message.sentAt - a.message.sentAt)
  const backTo = Math.max(all[limits.historyPage - 1]?.message.sentAt ?? -Infinity, ...found.map((one) => one.backTo))
  const hits = all.filter(({ message }) => message.sentAt >= backTo)
  return { ok: true, value: { hits, hasMore: hits.length < all.length || found.some((one) => one.hasMore) } }
}
