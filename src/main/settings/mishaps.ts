import type { Mishap } from '#shared/bridge'

/** `copy`: where what was damaged is kept now. `which` tells mishaps of one kind apart. */
export type TellMishap = (kind: Mishap['kind'], copy?: string, which?: string) => void

/** What was found amiss on this computer at this start; the window says each once. */
export function createMishaps(now: () => number): { tell: TellMishap; all: () => readonly Mishap[] } {
  const told: Mishap[] = []

  return {
    all: () => told,
    tell(kind, copy, which = String(now())) {
      if (told.some((mishap) => mishap.kind === kind)) return
      told.push({ id: `${kind} ${which}`, kind, ...(copy !== undefined && { copy }) })
    },
  }
}
