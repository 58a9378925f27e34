import type { Said } from '../kills/check-history'

/** Every send that was answered with success, as its sender was told. */
export interface Ledger {
  acked: () => readonly (Said & { seq?: number })[]
  acknowledge: (said: Said & { seq?: number }) => void
}

export function createLedger(): Ledger {
  const acked: (Said & { seq?: number })[] = []
  return { acked: () => acked, acknowledge: (said) => void acked.push(said) }
}
