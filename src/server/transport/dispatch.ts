import { commands, type CommandName } from '#shared/protocol/contract'
import type { Reply } from '#shared/protocol/errors'
import type { RefusalCount } from '../budgets/refusals'
import type { TokenBuckets } from '../budgets/token-bucket'
import type { Caller, Services } from '../commands/handler'
import { answer, refused } from './answer'

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
  /** Lets an answer leave with the turn's announcements. */
  hold: () => void
  isOverfull: () => boolean
  close: (reason: string) => void
}

const isCommand = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name)
const isEntry = (name: CommandName) => name === 'create_room' || name === 'join_room'

/** Takes what one connection asks, within its limits, and answers each at most once. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { caller, services, events, refusals } = options
  const underWay = new Set<Promise<void>>()
  let lastEntry = Promise.resolve()

  function reply(ack: Ack, answered: Reply<unknown>) {
    if (!isRateLimited(answered)) refusals.accepted()
    else {
      const fate = refusals.refused()
      if (fate === 'close') options.close('too_many_refusals')
      if (fate !== 'answer') return
    }
    options.hold()
    ack(answered)
  }

  async function run(name: CommandName, raw: unknown, ack: Ack) {
    reply(ack, await answer(name, raw, caller, services))
  }

  /** Entering may make the caller somebody; two at once would make them two. */
  function runInTurn(name: CommandName, raw: unknown, ack: Ack): Promise<void> {
    if (!isEntry(name)) return run(name, raw, ack)
    return (lastEntry = lastEntry.then(() => run(name, raw, ack)))
  }

  function take(name: unknown, payloads: readonly unknown[], ack: Ack) {
    const retryAfterMs = events.take(caller.person?.memberId ?? caller.connection.id)
    if (retryAfterMs > 0) reply(ack, { ok: false, error: { code: 'rate_limited', retryAfterMs } })
    else if (!isCommand(name) || payloads.length !== 1) reply(ack, refused('invalid_request'))
    else {
      const running = runInTurn(name, payloads[0], ack).finally(() => underWay.delete(running))
      underWay.add(running)
    }
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

const isRateLimited = (reply: Reply<unknown>) => !reply.ok && reply.error.code === 'rate_limited'
