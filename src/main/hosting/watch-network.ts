import { networkInterfaces } from 'node:os'

const everyMs = 5_000

/** Calls back when this computer's addresses have changed; no system event says so everywhere. Returns its stop. */
export function watchNetwork(changed: () => void): () => void {
  let last = snapshot()
  const timer = setInterval(() => {
    const current = snapshot()
    if (current === last) return
    last = current
    changed()
  }, everyMs)
  return () => clearInterval(timer)
}

const snapshot = (): string =>
  Object.values(networkInterfaces())
    .flatMap((entries = []) => entries.map(({ address }) => address))
    .toSorted()
    .join()
