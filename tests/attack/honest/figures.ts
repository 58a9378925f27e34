/** What honest people met with between two looks. */
export interface HonestFigures {
  /** From sending a message to its being acknowledged and heard by somebody else. */
  p99Ms: number
  sent: number
  /** Never acknowledged, or never heard. */
  lost: number
  /** By how much this process itself, which has little to do, woke up too late: what the machine does to everybody. */
  lateMs: number
}

export function figuresOf(latenciesMs: readonly number[], lost: number, lateMs: readonly number[]): HonestFigures {
  return { p99Ms: p99Of(latenciesMs), sent: latenciesMs.length + lost, lost, lateMs: p99Of(lateMs) }
}

function p99Of(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0)
}
