import { commands, type CommandName, type Input } from '#shared/protocol/contract'
import type { ErrorCode, Reply } from '#shared/protocol/errors'
import type { RefusalCount, RefusalFate } from '../budgets/refusals'
import type { TokenBuckets } from '../budgets/token-bucket'
import { giveBack, pay, roomOf, type Payer } from '../commands/budget'
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
  /** This connection takes part in that room. */
  isIn: (roomId: string) => boolean
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
    const fate = fateOf(answered)
    if (fate === 'close') options.close('too_many_refusals')
    if (fate !== 'answer') return
    if (options.hold()) ack(answered)
    else options.close('slow_reader')
  }

  function fateOf(answered: Reply<unknown>): RefusalFate {
    if (!answered.ok && answered.error.code === 'rate_limited') return refusals.refused()
    if (!answered.ok && faults.has(answered.error.code)) return refusals.wrong()
    refusals.accepted()
    return 'answer'
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

  const payer = (raw: unknown): Payer => ({
    address: caller.address,
    memberId: caller.person?.memberId,
    roomId: roomOf(raw),
  })

  function keepRunning(run: Promise<void>) {
    const running = run.finally(() => underWay.delete(running))
    underWay.add(running)
  }

  // What waits for its turn is known to be small: the rest is refused before.
  function startEntry(name: CommandName, raw: unknown, ack: Ack) {
    const input = readInput(name, raw)
    if (!input.ok) reply(ack, input)
    else if (entriesWaiting >= mostEntriesWaiting) reply(ack, rateLimited(entriesRetryMs))
    else keepRunning(inTurn(async () => reply(ack, await paidEntry(name, raw, input.value))))
  }

  async function paidEntry<C extends CommandName>(name: C, raw: unknown, input: Input<C>): Promise<Reply<unknown>> {
    const paying = payer(raw)
    const retryAfterMs = pay(name, paying, services.budgets)
    if (retryAfterMs > 0) return rateLimited(retryAfterMs)
    const answered = await answer(name, input, caller, services)
    if (!answered.ok) giveBack(name, paying, services.budgets)
    return answered
  }

  /** Who it is, whether they are in the room and what they have left is looked up before anything that costs more. */
  function start(name: CommandName, raw: unknown, ack: Ack) {
    const input = admitted(name, raw)
    if (!input.ok) reply(ack, input)
    else keepRunning(answer(name, input.value, caller, services).then((answered) => reply(ack, answered)))
  }

  function admitted<C extends CommandName>(name: C, raw: unknown): Reply<Input<C>> {
    if (!caller.person) return refused('not_a_member')
    const paying = payer(raw)
    const isStranger = paying.roomId !== '' && !options.isIn(paying.roomId)
    const strangerMs = isStranger ? services.budgets.strangers.take(caller.address) : 0
    const retryAfterMs = strangerMs || pay(name, paying, services.budgets)
    return retryAfterMs > 0 ? rateLimited(retryAfterMs) : readInput(name, raw)
  }

  function take(name: unknown, payloads: readonly unknown[], ack: Ack) {
    const { person, address } = caller
    // Whoever has not joined is anybody: all their connections together count as one.
    const retryAfterMs = person ? events.take(person.memberId) : services.budgets.strangers.take(address)
    if (retryAfterMs > 0) reply(ack, rateLimited(retryAfterMs))
    else if (!isCommand(name) || payloads.length !== 1) reply(ack, refused('invalid_request'))
    else if (isEntry(name)) startEntry(name, payloads[0], ack)
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

/** Refusals that no honest client meets many of in a row. */
const faults: ReadonlySet<ErrorCode> = new Set(['invalid_request', 'too_large', 'not_a_member'])
