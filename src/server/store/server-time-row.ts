/**
 * How long this server has been at work since it was first started, in milliseconds. What is kept for minutes or days is
 * kept by these, for a wall clock may be set to anything.
 */
export interface ServerTime {
  /** For so long it has run. */
  ranMs: number
  /** So much time has passed: as it ran, slept and was stopped, as far as that is believed. */
  passedMs: number
}

/** As it is on disk. */
export interface KeptTime extends ServerTime {
  /** What the wall clock said; 0 before the first time. */
  wallMs: number
  /** How long it was stopped by one look at the wall clock, and how long ago that look was. */
  doubtedMs: number
  doubtedForMs: number
}
