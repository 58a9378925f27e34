import { commands, type CommandName } from '#shared/protocol/contract'
import type { Reply } from '#shared/protocol/errors'
import type { RefusalCount } from '../budgets/refusals'
import type { TokenBuckets } from '../budgets/token-bucket'
import type { Caller, Services } from '../commands/handler'
import { answer, readInput, refused } from './answer'

type Ack = (reply: Reply<unknown>) => void

export interface Dispatch {
  /** One event off the wire: its name, what came with it, and the ack when one was asked for. */
  receive: (event: readonly unknown[]) => void
  /** Resolves when every command under way is answered. */
  idle: () => Promise<void>
}

export interface DispatchOptions {
  caller: Caller
  services: Services
  events: TokenBuckets
  refusals: RefusalCount
  /** Lets an answer leave with the turn's announcements; false when too much is unread. */
  hold: () => boolean
  isOverfull: () => boolean
  /** Resolves once most of what was answered has been taken. */
  taken: () => Promise<void>
  isGone: () => boolean
  close: (reason: string) => void
}

const isCommand = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name)
const isEntry = (name: CommandName) => name === 'create_room' || name === 'join_room'

/** Entries of one connection that may wait for the one before: a wrong code has it wait for half a minute. */
const mostEntriesWaiting = 64
const entriesRetryMs = 1_000

/** Takes what one connection asks, within its limits, and answers each at most once. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { caller, services, events, refusals } = options
  const underWay = new Set<Promise<void>>()
  let lastEntry = Promise.resolve()
  let entriesWaiting = 0

  function reply(ack: Ack, answered: Reply<unknown>) {
    if (options.isGone()) return
    if (!isRateLimited(answered)) refusals.accepted()
    else {
      const fate = refusals.refused()
      if (fate === 'close') options.close('too_many_refusals')
      if (fate !== 'answer') return
    }
    if (options.hold()) ack(answered)
    else options.close('slow_reader')
  }

  /** Entering may make the caller somebody; two at once would make them two. */
  function inTurn(enter: () => Promise<void>): Promise<void> {
    entriesWaiting += 1
    return (lastEntry = lastEntry.then(async () => {
      // Each is answered with a page: whoever catches up with many rooms gets them as fast as they read.
      await options.taken()
      entriesWaiting -= 1
      // Nobody is there to hear of it, and it would still take a place among those who wait.
      if (!options.isGone()) await enter()
    }))
  }

  // What waits for its turn is known to be small: the rest is refused before.
  function start(name: CommandName, raw: unknown, ack: Ack) {
    const input = readInput(name, raw)
    if (!input.ok) reply(ack, input)
    else if (isEntry(name) && entriesWaiting >= mostEntriesWaiting) reply(ack, rateLimited(entriesRetryMs))
    else {
      const run = async () => reply(ack, await answer(name, input.value, caller, services))
      const running = (isEntry(name) ? inTurn(run) : run()).finally(() => underWay.delete(running))
      underWay.add(running)
    }
  }

  function take(name: unknown, payloads: readonly unknown[], ack: Ack) {
    const retryAfterMs = events.take(caller.person?.memberId ?? caller.connection.id)
    if (retryAfterMs > 0) reply(ack, rateLimited(retryAfterMs))
    else if (!isCommand(name) || payloads.length !== 1) reply(ack, refused('invalid_request'))
    else start(name, payloads[0], ack)
  }

  function receive([name, ...rest]: readonly unknown[]) {
    const ack = rest.at(-1)
    if (typeof ack !== 'function') options.close('no_ack')
    else if (options.isOverfull()) options.close('slow_reader')
    else take(name, rest.slice(0, -1), ack as Ack)
  }

  return {
    receive,
    async idle() {
      await Promise.all(underWay)
    },
  }
}

const rateLimited = (retryAfterMs: number): Reply<never> => ({
  ok: false,
  error: { code: 'rate_limited', retryAfterMs },
})

const isRateLimited = (reply: Reply<unknown>) => !reply.ok && reply.error.code === 'rate_limited'
