import { uptime } from 'node:os'
import type { KeptTime, ServerTime } from '../store/server-time-row'

/** Where time comes from. The wall clock may be set to anything at any moment; the other two only go on. */
export interface Clocks {
  now: () => number
  /** May stand still while the computer sleeps. */
  monotonic: () => number
  /** Goes on while the computer sleeps. */
  uptime: () => number
}

export interface RunningTime {
  read: () => ServerTime
  /** What is to be on disk, for the next start to go on from. */
  kept: () => KeptTime
}

/** The computer's, where no others are given. */
export const clocksOf = (given: Partial<Clocks>): Clocks => ({
  now: given.now ?? Date.now,
  monotonic: given.monotonic ?? (() => performance.now()),
  uptime: given.uptime ?? (() => uptime() * 1_000),
})

/** A server that was stopped or suspended for longer between two looks has not run all the while. */
const longestRunMs = 120_000
/** A stop counts for no longer, whatever the wall clock says of it. */
const longestStopMs = 86_400_000
/** How far apart two looks at the wall clock are before a stop counts. */
const doubtMs = 3_600_000
/** As much may a wall clock fall behind that is merely kept right. */
const slackMs = 60_000

/**
 * Counts the time of rooms and files, from where the last start left off. What ran and slept is measured by clocks that
 * only go on. Only for how long the server was stopped is the wall clock asked: twice, an hour apart, and it is believed
 * when it has not gone back in between.
 */
export function startServerTime(before: KeptTime, { now, monotonic, uptime: sinceBoot }: Clocks): RunningTime {
  const started = { monotonic: monotonic(), uptime: sinceBoot() }
  let [ranAt, sleptMs, sleptBeforeMs] = [0, 0, 0]
  let time: KeptTime = withStop(before, now())

  function look() {
    const wallMs = now()
    const elapsedMs = Math.max(ranAt, monotonic() - started.monotonic)
    const sleepMs = sinceBoot() - started.uptime - elapsedMs
    // Two looks again: where the time since the boot is reckoned from the wall clock, one may come between.
    const sleptNowMs = Math.max(sleptMs, Math.min(sleepMs, sleptBeforeMs))
    const moreMs = elapsedMs - ranAt
    const passedMs = moreMs + sleptNowMs - sleptMs
    sleptBeforeMs = sleepMs
    sleptMs = sleptNowMs
    ranAt = elapsedMs
    time = withDoubt(time, { wallMs, passedMs, ranMs: Math.min(moreMs, longestRunMs) })
  }

  return {
    read() {
      look()
      return { ranMs: Math.floor(time.ranMs), passedMs: Math.floor(time.passedMs) }
    },
    kept() {
      look()
      return {
        ranMs: Math.floor(time.ranMs),
        passedMs: Math.floor(time.passedMs),
        wallMs: time.wallMs,
        doubtedMs: Math.floor(time.doubtedMs),
        doubtedForMs: Math.floor(time.doubtedForMs),
      }
    },
  }
}

/** This start is a second look at the stop before, and the first at this one. */
function withStop(before: KeptTime, wallMs: number): KeptTime {
  const stoppedMs = before.wallMs === 0 ? 0 : wallMs - before.wallMs
  if (stoppedMs < 0) return { ...before, wallMs, doubtedMs: Math.max(0, before.doubtedMs + stoppedMs) }
  const doubtedForMs = before.doubtedForMs + stoppedMs
  const newMs = Math.min(stoppedMs, longestStopMs)
  if (doubtedForMs < doubtMs) return { ...before, wallMs, doubtedMs: before.doubtedMs + newMs, doubtedForMs }
  return {
    ...before,
    passedMs: before.passedMs + before.doubtedMs,
    wallMs,
    doubtedMs: newMs,
    doubtedForMs: 0,
  }
}

function withDoubt(time: KeptTime, since: { wallMs: number; passedMs: number; ranMs: number }): KeptTime {
  const behindMs = since.wallMs - time.wallMs - since.passedMs
  const doubtedMs = behindMs < -slackMs ? Math.max(0, time.doubtedMs + behindMs) : time.doubtedMs
  const doubtedForMs = time.doubtedForMs + since.passedMs
  const isBelieved = doubtedForMs >= doubtMs
  return {
    ranMs: time.ranMs + since.ranMs,
    passedMs: time.passedMs + since.passedMs + (isBelieved ? doubtedMs : 0),
    wallMs: since.wallMs,
    doubtedMs: isBelieved ? 0 : doubtedMs,
    doubtedForMs: isBelieved ? 0 : doubtedForMs,
  }
}
