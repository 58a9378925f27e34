import type { Load } from './load/flood'

interface Crowd {
  members: number
  loads: readonly Load[]
}

/** How much is measured. `messages` is per round: enough of them for a round to last about a second. */
export interface Plan {
  rounds: number
  /** Carried uncounted by each server in a room of its own: one that is up for a while has compiled its hot paths. */
  warmUp: Crowd
  fanout: readonly Crowd[]
  joinStorm: { members: number; rounds: number }
  idle: { connections: number; rounds: number }
}

const loads = (alone: number, together: number) => [
  { inFlight: 1, messages: alone },
  { inFlight: 32, messages: together },
]

export const fullPlan: Plan = {
  rounds: 5,
  warmUp: { members: 10, loads: loads(200, 6_000) },
  fanout: [
    { members: 10, loads: loads(200, 3_000) },
    { members: 50, loads: loads(200, 1_500) },
    { members: 200, loads: loads(150, 1_000) },
    { members: 1_000, loads: loads(60, 320) },
  ],
  joinStorm: { members: 1_000, rounds: 5 },
  idle: { connections: 2_000, rounds: 3 },
}

/** A minute's sanity check, too short to quote. */
export const quickPlan: Plan = {
  rounds: 3,
  warmUp: { members: 10, loads: loads(100, 2_000) },
  fanout: [
    { members: 10, loads: loads(150, 1_000) },
    { members: 50, loads: loads(100, 640) },
  ],
  joinStorm: { members: 100, rounds: 3 },
  idle: { connections: 300, rounds: 1 },
}
