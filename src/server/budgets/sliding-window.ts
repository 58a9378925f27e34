import { monotonic, type Clock } from './token-bucket'

/** So many in any period, whenever it starts. */
export interface SlidingWindow {
  /** How many more fit now; negative when there were too many. */
  room: () => number
  /** Milliseconds until one more fits; 0 when it does. */
  waitMs: () => number
  /** Counts one, whether it fits or not. */
  add: () => void
}

export function createSlidingWindow(
  { most, periodMs }: { most: number; periodMs: number },
  clock: Clock = monotonic,
): SlidingWindow {
  let times: number[] = []

  function recent() {
    const horizon = clock() - periodMs
    if (times[0] !== undefined && times[0] <= horizon) times = times.filter((at) => at > horizon)
    return times
  }

  return {
    room: () => most - recent().length,
    waitMs() {
      const freeing = recent()[times.length - most]
      return freeing === undefined ? 0 : Math.max(1, Math.ceil(freeing + periodMs - clock()))
    },
    add: () => void recent().push(clock()),
  }
}
