import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again every few milliseconds until `isDone`; false when that took longer than `mostMs`. */
export async function until(isDone: () => boolean, mostMs: number, everyMs = 5): Promise<boolean> {
  const end = performance.now() + mostMs
  while (!isDone()) {
    if (performance.now() > end) return false
    await sleep(everyMs)
  }
  return true
}

/** `promise`, or a rejection naming `what` after `mostMs`. */
export async function within<T>(promise: Promise<T>, mostMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${mostMs} ms`)), mostMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
