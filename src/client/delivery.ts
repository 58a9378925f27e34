import type { ClientError } from '#shared/bridge'
import type { AskFor } from './ask-for'
import { createBackOff } from './back-off'
import { pause } from './pause'
import type { Queued } from './queued'
import type { OpenRoom } from './room'
import { createTurns } from './turns'
import type { Link } from './transport/link'

/** How often something is tried while the server says that something is wrong on its side. */
const mostTries = 3
/** Servers answer only a few refusals per second; asking again sooner would meet silence. */
const shortestWaitMs = 250
const longestWaitMs = 60_000

export interface DeliveryOptions {
  askFor: AskFor
  random: () => number
  onDelivered: (room: OpenRoom, link: Link) => void
  report: (error: unknown) => void
}

export interface Delivery {
  /** Sends what waits in the room's outbox, in order, one at a time. Does nothing while it is at it already. */
  run: (room: OpenRoom, link: Link) => void
}

/** Empties outboxes, one thing at a time per link. Whatever stays without an answer is asked for again over the next link. */
export function createDelivery({ askFor, random, onDelivered, report }: DeliveryOptions): Delivery {
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
    for (let queued = room.outbox.next(); queued && !link.ended.isSet(); queued = room.outbox.next()) {
      const error = await send(room, link, queued)
      if (!error || error.code === 'offline' || error.code === 'timed_out') continue
      room.outbox.fail(queued.clientKey, error.code)
      room.tellPending()
    }
  }

  /** Answers what finally went wrong, if anything did. Whatever was edited or taken back meanwhile is no failure. */
  async function send(room: OpenRoom, link: Link, queued: Queued): Promise<ClientError | undefined> {
    const backOff = createBackOff(random)
    for (let tries = 1; !link.ended.isSet();) {
      const error = await inTurn(link, () => sendInTime(room, link, queued))
      if (!error || room.outbox.find(queued.clientKey) !== queued) return undefined
      if (error.code === 'rate_limited') continue
      const mayPass = error.code === 'internal' || error.code === 'storage_full'
      if (!mayPass || ++tries > mostTries) return error
      await pause(backOff.nextMs(), link.ended)
    }
    return undefined
  }

  /** A limit is the person's, not the room's: whoever meets it makes the other rooms wait too. */
  async function sendInTime(room: OpenRoom, link: Link, queued: Queued): Promise<ClientError | undefined> {
    // Waiting for the turn took time enough to take it back, here or in another tab.
    room.outbox.refresh()
    if (room.outbox.find(queued.clientKey) !== queued) return undefined
    const error = await askFor(room, link, queued)
    if (!error) onDelivered(room, link)
    if (error?.code !== 'rate_limited') return error
    const waitMs = Math.max(error.retryAfterMs ?? 0, shortestWaitMs)
    await pause(Math.min(waitMs, longestWaitMs), link.ended)
    return error
  }

  return { run }
}
