import type { Latch } from './latch'

/** Waits, but not beyond the end of what it waits for. */
export function pause(ms: number, end: Latch): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop()
      resolve()
    }, ms)
    const stop = end.onSet(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
