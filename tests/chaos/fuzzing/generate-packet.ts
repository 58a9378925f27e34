import type { Random } from '../random'
import { commandFamilies } from './command-families'
import { families } from './families'
import type { Packet, Target } from './packet'
import { wellFormed } from './well-formed'

// A refused command leaves its connection open, and its handler is where the most can go wrong.
const names = [...Object.keys(families), ...Object.keys(commandFamilies), ...Object.keys(commandFamilies)]
const mostDraws = 100

/** A packet that the protocol does not allow in this phase. */
export function generatePacket(random: Random, target: Target): Packet {
  for (let draw = 0; draw < mostDraws; draw++) {
    const family = random.pick(names)
    const packet = { family, frames: families[family]!(random, target) }
    if (!wellFormed(packet, target.phase)) return packet
  }
  throw new Error(`${mostDraws} draws made nothing malformed`)
}
