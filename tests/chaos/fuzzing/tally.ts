import type { Answer } from './read-answer'
import type { Packet, Phase } from './packet'

export type Fate = Answer | 'closed' | 'silent'

/** What became of every packet, by how far its connection had come. */
export interface Tally {
  add: (packet: Packet, phase: Phase, fate: Fate) => void
  count: (fate: Fate) => number
  total: () => number
  afterJoin: () => number
  /** The packets that were neither refused nor closed on, shortened; the first few. */
  samples: () => readonly string[]
}

const mostSamples = 40

export function createTally(): Tally {
  const counts = new Map<Fate, number>()
  const samples: string[] = []
  let afterJoin = 0
  return {
    add({ family, frames }, phase, fate) {
      counts.set(fate, (counts.get(fate) ?? 0) + 1)
      if (phase === 'joined') afterJoin++
      if (fate === 'refused' || fate === 'closed' || samples.length >= mostSamples) return
      samples.push(
        `${fate} ${phase} ${family}: ${frames.map(({ body }) => JSON.stringify(body.toString().slice(0, 160))).join(' + ')}`,
      )
    },
    count: (fate) => counts.get(fate) ?? 0,
    total: () => [...counts.values()].reduce((sum, one) => sum + one, 0),
    afterJoin: () => afterJoin,
    samples: () => samples,
  }
}
