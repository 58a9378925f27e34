import type { ClientReply, MessagePage, PageWhere } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { limits } from '#shared/protocol/limits'
import type { Ask } from '../ask'
import type { RoomCalls } from '../door'
import type { ReadMarks } from '../read-marks'
import type { ReadReceipts } from '../read-receipts'
import type { OpenRoom } from '../room'
import type { Link } from '../transport/link'
import type { Typing } from '../typing'
import { done, type Answering } from './answering'

export interface ReadingOptions {
  ask: Ask
  readMarks: ReadMarks
  readReceipts: ReadReceipts
  typing: Typing
}

/** What a person reads, and how far they have come. */
export function createReading(
  { inRoom, online }: Answering,
  { ask, readMarks, readReceipts, typing }: ReadingOptions,
): Pick<RoomCalls, 'fetchMessages' | 'showPresence'> {
  async function fetchPage(room: OpenRoom, link: Link, where: PageWhere): Promise<ClientReply<MessagePage>> {
    const { roomId } = room
    if ('pinned' in where) return fetchPinned(room, link, where.after)
    if ('before' in where) {
      const { before } = where
      const reply = await ask(link, 'fetch_history', { roomId, before })
      return withPage(reply, ({ messages, hasMore }) => {
        const older = pageOf(room, messages, ({ seq }) => seq < before)
        return { messages: older, hasOlder: hasMore && older.length > 0, hasNewer: true }
      })
    }
    if ('after' in where) {
      const { after } = where
      const reply = await ask(link, 'fetch_newer', { roomId, after })
      return withPage(reply, ({ messages, hasMore }) => {
        const newer = pageOf(room, messages, ({ seq }) => seq > after)
        return { messages: newer, hasOlder: after > 0, hasNewer: hasMore && newer.length > 0 }
      })
    }
    const reply = await ask(link, 'fetch_around', { roomId, seq: where.around })
    return withPage(reply, (page) => ({ ...page, messages: pageOf(room, page.messages) }))
  }

  async function fetchPinned(room: OpenRoom, link: Link, after?: number): Promise<ClientReply<MessagePage>> {
    const reply = await ask(link, 'fetch_pinned', { roomId: room.roomId, ...(after !== undefined && { after }) })
    return withPage(reply, ({ messages, hasMore = false }) => {
      const pinned = pageOf(room, messages, ({ pinned, seq }) => pinned && seq > (after ?? 0))
      return { messages: pinned, hasOlder: after !== undefined, hasNewer: hasMore && pinned.length > 0 }
    })
  }

  return {
    fetchMessages: online((room, link, { where }) => fetchPage(room, link, where)),
    showPresence: inRoom((room, input) => {
      if ('typing' in input) typing.set(room, input.typing)
      else {
        if (room.markRead(input.readSeq)) readMarks.keepSoon(room)
        readReceipts.mark(room, input.hidden)
      }
      return done
    }),
  }
}

const withPage = <Value>(reply: ClientReply<Value>, page: (value: Value) => MessagePage): ClientReply<MessagePage> =>
  reply.ok ? { ok: true, value: page(reply.value) } : reply

const mostOfPage = Math.max(limits.historyPage, limits.pinsPerRoom)

/** Oldest first, and nothing that was not asked for. */
const pageOf = ({ roomId }: OpenRoom, messages: readonly Message[], isWanted = (_: Message) => true) =>
  messages
    .filter((message) => message.roomId === roomId && isWanted(message))
    .sort((a, b) => a.seq - b.seq)
    .slice(0, mostOfPage)
