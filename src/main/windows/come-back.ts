const minuteMs = 60_000
/** How long to wait before each reload; after the last of them the person is asked. */
const delaysMs = [0, 1_000, 3_000]

export interface ComeBack {
  /** The page is gone: brings it back, or asks when it has gone too often. */
  lost: (reload: () => void) => void
}

interface ComeBackOptions {
  now: () => number
  /** Answers whether to try again. */
  ask: () => Promise<boolean>
  quit: () => void
  report: (error: unknown) => void
}

/** Brings a window back that was lost, but not without end: a page that crashes at once would take a whole processor. */
export function createComeBack({ now, ask, quit, report }: ComeBackOptions): ComeBack {
  let losses: number[] = []
  let isAsking = false

  async function askWhat(reload: () => void): Promise<void> {
    isAsking = true
    try {
      if (!(await ask())) {
        quit()
        return
      }
      losses = []
      reload()
    } finally {
      isAsking = false
    }
  }

  return {
    lost(reload) {
      if (isAsking) return
      const at = now()
      losses = [...losses.filter((loss) => at - loss < minuteMs), at]
      const delayMs = delaysMs[losses.length - 1]
      if (delayMs === undefined) askWhat(reload).catch(report)
      else setTimeout(reload, delayMs)
    },
  }
}
