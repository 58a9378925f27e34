import * as v from 'valibot'
import { commands, type Output } from '#shared/protocol/contract'
import { tooLarge } from '#shared/protocol/text'
import type { Ask } from '../ask'
import type { RoomCalls } from '../door'
import type { ReadMarks } from '../read-marks'
import type { OpenRoom } from '../room'
import { done, refuse, type Answering } from './answering'

export interface TalkingOptions {
  ask: Ask
  readMarks: ReadMarks
  now: () => number
  report: (error: unknown) => void
  /** Sends what waits in a room, if it is connected. */
  deliver: (room: OpenRoom) => void
}

type Calls = Pick<RoomCalls, 'sendMessage' | 'retryMessage' | 'discardMessage' | 'fetchHistory' | 'markRead'>

export function createTalking({ inRoom, online }: Answering, options: TalkingOptions): Calls {
  const { ask, readMarks, now, report, deliver } = options

  return {
    sendMessage: inRoom((room, { clientKey, text }) => {
      const input = v.safeParse(commands.send_message.input, { roomId: room.roomId, clientKey, text })
      if (!input.success) return refuse(isTooLarge(input.issues) ? tooLarge : 'invalid_request', 'text')

      const message = { clientKey: input.output.clientKey, text, writtenAt: now() }
      const known = room.outbox.find(message.clientKey)
      if (known) return known.text === text ? done : refuse('conflict')
      try {
        room.outbox.add(message)
      } catch (error) {
        report(error)
        return refuse('not_kept')
      }
      room.tellPending()
      deliver(room)
      return done
    }),
    retryMessage: inRoom((room, { clientKey }) => {
      if (!room.outbox.retry(clientKey)) return done
      room.tellPending()
      deliver(room)
      return done
    }),
    discardMessage: inRoom((room, { clientKey }) => {
      if (room.outbox.discard(clientKey)) room.tellPending()
      return done
    }),
    fetchHistory: online(async (room, link, { before }) => {
      const reply = await ask(link, 'fetch_history', { roomId: room.roomId, before })
      return reply.ok ? { ok: true, value: pageOf(room, before, reply.value) } : reply
    }),
    markRead: inRoom((room, { seq }) => {
      if (room.markRead(seq)) readMarks.keepSoon(room)
      return done
    }),
  }
}

const isTooLarge = (issues: readonly { message: string }[]) => issues.some(({ message }) => message === tooLarge)

/** Oldest first, and nothing that was not asked for. */
function pageOf({ roomId }: OpenRoom, before: number, page: Output<'fetch_history'>): Output<'fetch_history'> {
  const messages = page.messages
    .filter((message) => message.roomId === roomId && message.seq < before)
    .sort((a, b) => a.seq - b.seq)
  return { messages, hasMore: page.hasMore && messages.length > 0 }
}
