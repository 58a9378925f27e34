/** The figures of a run; the first six are the ones promised. */
export interface ChaosSummary {
  kills: number
  acked: number
  lost: number
  doubled: number
  holes: number
  worstRecoveryMs: number
  medianRecoveryMs: number
  /** Of the recovery, what the server itself took until it listened. */
  worstStartMs: number
  medianStartMs: number
  viewersIdentical: boolean
  viewers: number
  stored: number
  leastInFlight: number
  /** What any client complained of: refusals, failed sends, contradictions, reported bugs. */
  complaints: number
  /** What the server reported as a bug. */
  serverErrors: number
  seconds: number
  seed: number
}

export const leastInFlight = 10
const mostRecoveryMs = 5_000

/** Which promises a run broke, in words. */
export function brokenPromises(summary: ChaosSummary): readonly string[] {
  const { acked, lost, doubled, holes, viewersIdentical, worstRecoveryMs, complaints, serverErrors } = summary
  const promises: readonly [boolean, string][] = [
    [acked > 0, 'nothing was acknowledged'],
    [lost === 0, `${lost} acknowledged messages lost`],
    [doubled === 0, `${doubled} messages doubled`],
    [holes === 0, `${holes} holes in seq`],
    [viewersIdentical, 'viewers differ from the store'],
    [worstRecoveryMs <= mostRecoveryMs, `clients took ${worstRecoveryMs} ms to catch up`],
    [
      summary.kills === 0 || summary.leastInFlight >= leastInFlight,
      `only ${summary.leastInFlight} sends in flight at a kill`,
    ],
    [complaints === 0, `${complaints} complaints`],
    [serverErrors === 0, `${serverErrors} errors reported by the server`],
  ]
  return promises.filter(([isKept]) => !isKept).map(([, words]) => words)
}
