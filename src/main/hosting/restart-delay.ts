const calmMs = 60_000
const quickRestarts = 5
const quickMs = 100
const longestMs = 60_000

/** How long to wait after each crash: a moment, after more than five within a minute twice as long each time. */
export function createRestartDelay(now: () => number): { crashed: () => { delayMs: number; isBackingOff: boolean } } {
  let recent: number[] = []
  let extra = 0

  return {
    crashed() {
      const at = now()
      const sinceLast = at - (recent.at(-1) ?? at)
      // Having waited is not having run calmly.
      if (sinceLast > calmMs + backOffMs(extra)) extra = 0
      recent = [...recent.filter((crash) => at - crash < calmMs), at]
      if (recent.length <= quickRestarts && extra === 0) return { delayMs: quickMs, isBackingOff: false }
      extra++
      return { delayMs: backOffMs(extra), isBackingOff: true }
    },
  }
}

const backOffMs = (extra: number): number => (extra === 0 ? 0 : Math.min(1_000 * 2 ** extra, longestMs))
