/** Something that happens once, and that many may wait for. */
export interface Latch {
  isSet: () => boolean
  /** Calls back when it happens, or now if it has. Returns how to stop waiting. */
  onSet: (listener: () => void) => () => void
}

export function createLatch(): Latch & { set: () => void } {
  const listeners = new Set<() => void>()
  let isSet = false

  return {
    isSet: () => isSet,
    onSet(listener) {
      if (isSet) listener()
      else listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set() {
      isSet = true
      const told = [...listeners]
      listeners.clear()
      for (const listener of told) listener()
    },
  }
}
