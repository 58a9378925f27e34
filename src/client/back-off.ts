export interface BackOff {
  /** How long to wait before the next attempt; grows with each call. */
  nextMs: () => number
  reset: () => void
}

const jitter = 0.5
// Doubling leaves a gap of three seconds and more just when a restarted server is back.
const growth = 1.5

/** Growing waits with jitter, so that a room full of clients does not return in one wave. */
export function createBackOff(random: () => number, { firstMs = 500, mostMs = 10_000 } = {}): BackOff {
  let attempts = 0
  return {
    nextMs() {
      const plainMs = Math.min(mostMs, firstMs * growth ** Math.min(attempts++, 16))
      return Math.min(mostMs, Math.round(plainMs * (1 - jitter + random() * 2 * jitter)))
    },
    reset() {
      attempts = 0
    },
  }
}
