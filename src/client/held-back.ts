import type { Announced } from './announced'

const mostHeldBack = 2_000

/** Announcements that have to wait for a reply: it may be older or newer than they are. */
export interface HeldBack {
  begin: () => void
  /** Answers whether it was held back. */
  hold: (announced: Announced) => boolean
  release: () => readonly Announced[]
  /** Whether more was announced than could be held. */
  hasMissed: () => boolean
}

export function createHeldBack(): HeldBack {
  let held: Announced[] | undefined
  let hasMissed = false

  return {
    hasMissed: () => hasMissed,
    begin() {
      held ??= []
      hasMissed = false
    },
    hold(announced) {
      if (!held) return false
      if (held.length < mostHeldBack) held.push(announced)
      else hasMissed = true
      return true
    },
    release() {
      const released = held ?? []
      held = undefined
      return released
    },
  }
}
