import { byteFamilies } from './byte-families'
import { commandFamilies } from './command-families'
import type { Family } from './packet'
import { packetFamilies } from './packet-families'

/** Ways for a packet to be wrong, by name. Each may now and then make a packet that is right after all. */
export const families: Record<string, Family> = { ...byteFamilies, ...packetFamilies, ...commandFamilies }
