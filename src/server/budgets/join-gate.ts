import { Refusal } from '#shared/protocol/errors'
import { createSlidingWindow } from './sliding-window'
import { createTokenBuckets, monotonic, type Clock } from './token-bucket'
import { createWaitingLine } from './waiting-line'

/**
 * Slows the guessing of room codes. Wrong ones are counted by address and in all, right ones never. Once too many were
 * wrong, newcomers wait their turn before their code is looked at, so neither answer nor time tells right from wrong.
 */
export interface JoinGate {
  /**
   * Resolves when the code may be looked at, with what to call once it was; refuses `rate_limited` when that would
   * take too long. Members of the room never wait.
   */
  enter: (who: { address: string; isMember: () => Promise<boolean> }) => Promise<Attempt>
  stop: () => void
}

export type Attempt = (wasRight: boolean) => void

export interface JoinGateLimits {
  joinFailuresPerMinute: number
  joinFailuresPerMinuteInAll: number
  joinDelayLeastMs: number
  joinDelayMostMs: number
}

const minuteMs = 60_000
const mostRemembered = 10_000

export function createJoinGate(limits: JoinGateLimits, clock: Clock = monotonic): JoinGate {
  const { joinFailuresPerMinute: ofOne, joinFailuresPerMinuteInAll: ofAll, joinDelayMostMs: mostMs } = limits
  const byAddress = createTokenBuckets({ burst: ofOne, perSecond: ofOne / 60 }, clock)
  const inAll = createSlidingWindow({ most: ofAll, periodMs: minuteMs }, clock)
  const failures = new Map<string, number>()
  const waits = new Map<string, number>()
  const failuresOf = (address: string) => failures.get(address) ?? 0
  // Who comes for the first time goes first: a guesser's many addresses cannot keep a newcomer out.
  const rank = (address: string) => failuresOf(address) + (waits.get(address) ?? 0)
  const line = createWaitingLine({ untilTurn: inAll.waitMs, rank, spacingMs: minuteMs / ofAll, clock })

  /** Addresses from which a right code came, until they are seen guessing. */
  const welcome = new Set<string>()
  const underWay = new Map<string, number>()
  let underWayInAll = 0
  let whenSettled: (() => void)[] = []

  function begin(address: string): Attempt {
    underWay.set(address, (underWay.get(address) ?? 0) + 1)
    underWayInAll += 1
    return (wasRight) => {
      const left = (underWay.get(address) ?? 1) - 1
      if (left > 0) underWay.set(address, left)
      else underWay.delete(address)
      underWayInAll -= 1
      if (!wasRight) countFailure(address)
      else if (failuresOf(address) < ofOne) remember(welcome).add(address)
      const waiting = whenSettled
      whenSettled = []
      for (const look of waiting) look()
    }
  }

  function countFailure(address: string) {
    inAll.add()
    byAddress.owe(address)
    remember(failures).set(address, failuresOf(address) + 1)
    if (failuresOf(address) >= ofOne) welcome.delete(address)
  }

  const isCalm = (address: string) => line.length() === 0 && inAll.room() >= 1 && byAddress.left(address) >= 1
  // Those whose code is being looked at may all turn out wrong.
  const hasRoom = (address: string) =>
    line.length() === 0 && inAll.room() > underWayInAll && byAddress.left(address) >= 1 + (underWay.get(address) ?? 0)

  async function lineUp(address: string): Promise<Attempt> {
    const ownMs = byAddress.waitMs(address)
    const leastMs = Math.max(ownMs, limits.joinDelayLeastMs)
    if (ownMs <= mostMs && (await line.wait({ address, leastMs, mostMs }))) return begin(address)
    remember(waits).set(address, (waits.get(address) ?? 0) + 1)
    const retryAfterMs = Math.max(byAddress.waitMs(address), inAll.waitMs(), limits.joinDelayLeastMs)
    throw new Refusal('rate_limited', { retryAfterMs })
  }

  return {
    async enter({ address, isMember }) {
      for (;;) {
        if (hasRoom(address) || (welcome.has(address) && byAddress.left(address) >= 1)) return begin(address)
        if (!isCalm(address)) return (await isMember()) ? () => undefined : lineUp(address)
        await new Promise<void>((resolve) => whenSettled.push(resolve))
      }
    },
    stop: line.stop,
  }
}

/** Makes room in what is kept per address; forgetting all is rare and harms nobody. */
function remember<Kept extends Set<string> | Map<string, number>>(kept: Kept): Kept {
  if (kept.size >= mostRemembered) kept.clear()
  return kept
}
