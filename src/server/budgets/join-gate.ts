import { Refusal } from '#shared/protocol/errors'
import { createSlidingWindow } from './sliding-window'
import { createTokenBuckets, monotonic, type Clock } from './token-bucket'

/**
 * Slows the guessing of room codes: wrong ones are counted by address and in all. Once too many were wrong, newcomers
 * wait their turn before their code is looked at, so neither answer nor time tells a right one from a wrong one.
 */
export interface JoinGate {
  /** Resolves when the code may be looked at; refuses `rate_limited` when that would take too long. */
  enter: (address: string) => Promise<Attempt>
  /** For people the server knows: never in line with strangers, and members never wait; but failures count. */
  enterKnown: (address: string, isMember: () => Promise<boolean>) => Promise<Attempt>
  stop: () => void
}

export interface Attempt {
  succeeded: () => void
  failed: () => void
}

export interface JoinGateLimits {
  joinFailuresPerMinute: number
  joinFailuresPerMinuteInAll: number
  joinDelayLeastMs: number
  joinDelayMostMs: number
}

interface Waiting {
  address: string
  earliest: number
  latest: number
  admit: () => void
  refuse: (refusal: Refusal) => void
}

const minuteMs = 60_000
const mostRemembered = 10_000

export function createJoinGate(limits: JoinGateLimits, clock: Clock = monotonic): JoinGate {
  const perMinute = limits.joinFailuresPerMinute
  const byAddress = createTokenBuckets({ burst: perMinute, perSecond: perMinute / 60 }, clock)
  const inAll = createSlidingWindow({ most: limits.joinFailuresPerMinuteInAll, periodMs: minuteMs }, clock)
  const spacingMs = minuteMs / limits.joinFailuresPerMinuteInAll
  const failures = new Map<string, number>()
  const welcome = new Set<string>()
  const waiting = new Set<Waiting>()
  let nextTurn = 0
  let timer: NodeJS.Timeout | undefined

  function remember(address: string) {
    if (failures.size >= mostRemembered) failures.clear()
    failures.set(address, (failures.get(address) ?? 0) + 1)
  }

  /** A turn is taken before the code is looked at and given back when it was right: right codes never count. */
  function begin(address: string): Attempt {
    const turn = inAll.take()
    byAddress.owe(address)
    return {
      succeeded() {
        inAll.giveBack(turn)
        byAddress.giveBack(address)
        if (welcome.size >= mostRemembered) welcome.clear()
        welcome.add(address)
      },
      failed: () => remember(address),
    }
  }

  /** Nothing is taken beforehand: when all come back at once, only those who fail may count. */
  const beginKnown = (address: string): Attempt => ({
    succeeded: () => undefined,
    failed() {
      inAll.take()
      byAddress.owe(address)
      remember(address)
    },
  })

  const untilTurn = () => Math.max(inAll.waitMs(), waiting.size > 0 ? nextTurn - clock() : 0)

  function refusal(address: string) {
    const retryAfterMs = Math.ceil(Math.max(byAddress.waitMs(address), untilTurn(), limits.joinDelayLeastMs))
    return new Refusal('rate_limited', { retryAfterMs })
  }

  function serve() {
    timer = undefined
    const now = clock()
    for (const one of waiting)
      if (now >= one.latest) {
        waiting.delete(one)
        one.refuse(refusal(one.address))
      }
    if (inAll.waitMs() === 0 && now >= nextTurn) {
      const next = fewestFailures([...waiting].filter((one) => now >= one.earliest))
      if (next) {
        waiting.delete(next)
        nextTurn = now + spacingMs
        next.admit()
      }
    }
    wake()
  }

  // Who has not failed yet goes first: a guesser's many addresses cannot keep a newcomer out.
  const fewestFailures = (ready: readonly Waiting[]): Waiting | undefined =>
    ready.reduce<Waiting | undefined>(
      (best, one) => (best && (failures.get(best.address) ?? 0) <= (failures.get(one.address) ?? 0) ? best : one),
      undefined,
    )

  function wake() {
    if (waiting.size === 0 || timer) return
    const now = clock()
    const soonestReady = Math.min(...[...waiting].map((one) => one.earliest))
    const soonestOver = Math.min(...[...waiting].map((one) => one.latest))
    const turn = Math.max(soonestReady, now + inAll.waitMs(), nextTurn)
    timer = setTimeout(serve, Math.max(1, Math.ceil(Math.min(turn, soonestOver) - now)))
  }

  async function waitForTurn(address: string): Promise<Attempt> {
    const now = clock()
    const own = byAddress.waitMs(address)
    if (own > limits.joinDelayMostMs) throw refusal(address)
    await new Promise<void>((admit, refuse) => {
      const earliest = now + Math.max(own, limits.joinDelayLeastMs)
      waiting.add({ address, earliest, latest: now + limits.joinDelayMostMs, admit, refuse })
      wake()
    })
    return begin(address)
  }

  async function waitOwn(address: string): Promise<void> {
    const own = byAddress.waitMs(address)
    if (own > limits.joinDelayMostMs) throw refusal(address)
    if (own > 0) await new Promise((resolve) => setTimeout(resolve, Math.max(own, limits.joinDelayLeastMs)))
  }

  return {
    async enter(address) {
      if (welcome.has(address)) {
        await waitOwn(address)
        return begin(address)
      }
      const isFree = waiting.size === 0 && inAll.waitMs() === 0 && byAddress.waitMs(address) === 0
      return isFree ? begin(address) : waitForTurn(address)
    },
    async enterKnown(address, isMember) {
      if (byAddress.waitMs(address) > 0 && !(await isMember())) await waitOwn(address)
      return beginKnown(address)
    },
    stop() {
      clearTimeout(timer)
      for (const one of waiting) one.refuse(new Refusal('internal'))
      waiting.clear()
    },
  }
}
