import type { ClientError, PendingMessage } from '#shared/bridge'
import type { Ask } from './ask'
import { createBackOff } from './back-off'
import { ContractBreach } from './breach'
import { pause } from './pause'
import type { OpenRoom } from './room'
import { createTurns } from './turns'
import type { Link } from './transport/link'

/** How often a message is tried while the server says that something is wrong on its side. */
const mostTries = 3
/** Servers answer only a few refusals per second; asking again sooner would meet silence. */
const shortestWaitMs = 250
const longestWaitMs = 60_000

export interface DeliveryOptions {
  ask: Ask
  random: () => number
  onPosted: (room: OpenRoom, link: Link) => void
  report: (error: unknown) => void
}

export interface Delivery {
  /** Sends what waits in the room's outbox, in order, one at a time. Does nothing while it is at it already. */
  run: (room: OpenRoom, link: Link) => void
}

/** Empties outboxes, one message at a time per link. Whatever stays without an answer is sent again with the same key over the next link. */
export function createDelivery({ ask, random, onPosted, report }: DeliveryOptions): Delivery {
  const running = new Map<OpenRoom, Link>()
  const inTurn = createTurns<Link>()

  function run(room: OpenRoom, link: Link) {
    if (running.get(room) === link || link.ended.isSet()) return
    running.set(room, link)
    sendAll(room, link)
      .catch(report)
      .finally(() => {
        if (running.get(room) === link) running.delete(room)
      })
  }

  async function sendAll(room: OpenRoom, link: Link) {
    for (let message = room.outbox.next(); message && !link.ended.isSet(); message = room.outbox.next()) {
      const error = await send(room, link, message)
      if (!error || error.code === 'offline' || error.code === 'timed_out') continue
      room.outbox.fail(message.clientKey, error.code)
      room.tellPending()
    }
  }

  /** Answers what finally went wrong with one message, if anything did. */
  async function send(room: OpenRoom, link: Link, message: PendingMessage): Promise<ClientError | undefined> {
    const backOff = createBackOff(random)
    for (let tries = 1; !link.ended.isSet();) {
      const error = await inTurn(link, () => postInTime(room, link, message))
      if (!error || !room.outbox.find(message.clientKey)) return undefined
      if (error.code === 'rate_limited') continue
      const mayPass = error.code === 'internal' || error.code === 'storage_full'
      if (!mayPass || ++tries > mostTries) return error
      await pause(backOff.nextMs(), link.ended)
    }
    return undefined
  }

  /** A limit is the person's, not the room's: whoever meets it makes the other rooms wait too. */
  async function postInTime(room: OpenRoom, link: Link, message: PendingMessage): Promise<ClientError | undefined> {
    const error = await post(room, link, message)
    if (error?.code !== 'rate_limited') return error
    const waitMs = Math.max(error.retryAfterMs ?? 0, shortestWaitMs)
    await pause(Math.min(waitMs, longestWaitMs), link.ended)
    return error
  }

  async function post(
    room: OpenRoom,
    link: Link,
    { clientKey, text }: PendingMessage,
  ): Promise<ClientError | undefined> {
    const reply = await ask(link, 'send_message', { roomId: room.roomId, clientKey, text })
    if (!reply.ok) return reply.error

    const { message } = reply.value
    if (message.roomId !== room.roomId || message.clientKey !== clientKey) {
      report(new ContractBreach('send_message answered with another message'))
      return { code: 'internal' }
    }
    room.posted(message)
    onPosted(room, link)
    return undefined
  }

  return { run }
}
