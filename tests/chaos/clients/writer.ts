/** Somebody who writes all the time while asked to. */
export interface Writer {
  name: string
  /** Keeps its window of unanswered sends full until `rest`. */
  write: () => void
  rest: () => void
  /** Sends that have left and have no answer yet. */
  inFlight: () => number
  /** Written and not yet acknowledged, on the wire or not. */
  unanswered: () => number
  /** Connected, in the room again, and resending what a lost connection left open. */
  isBack: () => boolean
  close: () => Promise<void> | void
}
