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
  truncated?: true
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
      .slice(0, limits.historyPage)
      .map(({ roomId, message }) => ({ key: roomKey(server, roomId), message }))
    const { hasMore, truncated } = reply.value
    return { ok: true, value: { hits, hasMore, ...(truncated && { truncated }) } }
  }

  return {
    searchMessages: anywhere(async ({ query, key, lastHit }) => {
      const room = key === undefined ? undefined : rooms.get(key)
      if (key !== undefined && !room) return refuse('room_not_found')
      const wanted = { query, before: lastHit?.sentAt, roomId: room?.roomId }
      const input = v.safeParse(commands.search_messages.input, wanted)
      if (!input.success) return refuse('invalid_request', 'query')

      const lastRoom = lastHit && rooms.get(lastHit.key)
      const placeOn = (server: ServerUrl) =>
        lastHit && lastRoom?.server === server ? { lastHit: { roomId: lastRoom.roomId, seq: lastHit.seq } } : {}
      const asked = servers.reachable().filter(({ server }) => !room || server === room.server)
      const replies = await Promise.all(
        asked.map(({ server, link }) => search(server, link, { ...input.output, ...placeOn(server) })),
      )
      return merged(replies)
    }),
  }
}

/**
 * One server that does not answer hides nothing of what the others found. The next page begins where this one ends: so
 * it ends where the first server may have older ones, with a hit of that server, which goes on right after it.
 */
function merged(replies: readonly ClientReply<Found>[]): ClientReply<Found> {
  const found = replies.flatMap((reply) => (reply.ok ? [reply.value] : []))
  if (found.length === 0) return replies.find((reply) => !reply.ok) ?? refuse('offline')
  const lines = found.map(inLine)
  const all = lines.flat().sort((a, b) => b.at - a.at || Number(a.hasMore) - Number(b.hasMore))
  const ends = lines.flatMap((line) => line.at(-1) ?? []).filter((end) => end.hasMore)
  const backTo = Math.max(all[limits.historyPage - 1]?.at ?? -Infinity, ...ends.map(({ at }) => at))
  const hits = all.filter(({ at }) => at >= backTo).map(({ hit }) => hit)
  const hasMore = hits.length < all.length || found.some((one) => one.hasMore)
  const isTruncated = found.some(({ truncated }) => truncated)
  return { ok: true, value: { hits, hasMore, ...(isTruncated && { truncated: true }) } }
}

/** What one server found, in its own order: newest first, unless its clock was set back. */
function inLine({ hits, hasMore }: Found) {
  let at = Infinity
  return hits.map((hit) => ({ hit, hasMore, at: (at = Math.min(at, hit.message.sentAt)) }))
}
