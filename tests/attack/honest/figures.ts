/** What honest people met with between two looks. */
export interface HonestFigures {
  /** From sending a message to its being acknowledged and heard by somebody else. */
  p99Ms: number
  sent: number
  /** Never acknowledged, or never heard. */
  lost: number
}

export function figuresOf(latenciesMs: readonly number[], lost: number): HonestFigures {
  const sorted = latenciesMs.toSorted((one, other) => one - other)
  const p99 = sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0
  return { p99Ms: Math.round(p99), sent: sorted.length + lost, lost }
}
