/** Tells the first of a kind at once, and of those that follow once a minute how many they were. */
export interface Tally<Thing> {
  count: (kind: string, thing: Thing) => void
  /** Tells what was counted for a minute; to be called now and then. */
  tellDue: () => void
  /** Tells whatever was counted, at the end. */
  tellAll: () => void
}

const minuteMs = 60_000
/** Kinds come from the code and are few; should one be made of what a stranger sent, the rest is one kind. */
const mostKinds = 200
const others = 'others'

export function createTally<Thing>(options: {
  /** Milliseconds of a clock that only goes on. */
  now: () => number
  tell: (thing: Thing, times: number) => void
}): Tally<Thing> {
  const { now, tell } = options
  const kinds = new Map<string, { toldAt: number; untold: number; last: Thing }>()

  function tellWhere(isDue: (toldAt: number) => boolean) {
    for (const [kind, known] of kinds) {
      if (!isDue(known.toldAt)) continue
      if (known.untold === 0) kinds.delete(kind)
      else {
        tell(known.last, known.untold)
        Object.assign(known, { toldAt: now(), untold: 0 })
      }
    }
  }

  return {
    count(wanted, thing) {
      const kind = kinds.has(wanted) || kinds.size < mostKinds ? wanted : others
      const known = kinds.get(kind)
      if (known) Object.assign(known, { untold: known.untold + 1, last: thing })
      else {
        kinds.set(kind, { toldAt: now(), untold: 0, last: thing })
        tell(thing, 1)
      }
    },
    tellDue: () => tellWhere((toldAt) => now() - toldAt >= minuteMs),
    tellAll: () => tellWhere(() => true),
  }
}
