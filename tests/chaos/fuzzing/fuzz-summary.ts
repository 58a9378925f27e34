/** The figures of a run; the first five are the ones promised. */
export interface FuzzSummary {
  packets: number
  /** What the server reported as a bug, and every time it died. */
  uncaught: number
  /** Of those, rejections nobody handled. */
  unhandled: number
  /** Neither refused with a typed code nor closed on: silent, accepted, or answered with something else. */
  unanswered: number
  canaryFailures: number
  refused: number
  closed: number
  afterJoin: number
  /** Sent besides `packets`, as the protocol allows: pongs, ignored, and farewells, which must end the connection. */
  allowed: number
  canarySent: number
  canaryWorstMs: number
  rssBeforeMb: number
  /** By then the heap has the size it works with, which is no leak. */
  rssHalfwayMb: number
  rssPeakMb: number
  /** From halfway to the calm after the last packet. */
  rssGrowthMb: number
  seconds: number
  seed: number
}

const mostGrowthMb = 100

/** Which promises a run broke, in words. */
export function brokenPromises(summary: FuzzSummary): readonly string[] {
  const { packets, uncaught, unhandled, unanswered, canaryFailures, canarySent, afterJoin, rssGrowthMb } = summary
  const promises: readonly [boolean, string][] = [
    [uncaught === 0, `${uncaught} uncaught errors`],
    [unhandled === 0, `${unhandled} unhandled rejections`],
    [unanswered === 0, `${unanswered} packets unanswered`],
    [canaryFailures === 0 && canarySent > 0, `${canaryFailures} of ${canarySent} canary sends failed`],
    [afterJoin >= packets * 0.45, `only ${afterJoin} of ${packets} packets after a join`],
    [rssGrowthMb <= mostGrowthMb, `memory grew by ${rssGrowthMb} MB`],
  ]
  return promises.filter(([isKept]) => !isKept).map(([, words]) => words)
}
