import type { ClientError, PendingMessage } from '#shared/bridge'
import type { Ask } from './ask'
import { createBackOff } from './back-off'
import { ContractBreach } from './breach'
import { pause } from './pause'
import type { OpenRoom } from './room'
import type { Link } from './transport/link'

/** How often a message is tried while the server says that something is wrong on its side. */
const mostTries = 3
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

/** Empties outboxes. Whatever stays without an answer is sent again with the same key over the next link. */
export function createDelivery({ ask, random, onPosted, report }: DeliveryOptions): Delivery {
  const running = new Map<OpenRoom, Link>()

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
      const error = await post(room, link, message)
      if (!error || !room.outbox.find(message.clientKey)) return undefined
      if (error.code === 'rate_limited') {
        await pause(Math.min(error.retryAfterMs ?? backOff.nextMs(), longestWaitMs), link.ended)
      } else if ((error.code === 'internal' || error.code === 'storage_full') && tries < mostTries) {
        tries++
        await pause(backOff.nextMs(), link.ended)
      } else return error
    }
    return undefined
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
