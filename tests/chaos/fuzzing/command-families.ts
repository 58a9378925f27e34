import { limits } from '#shared/protocol/limits'
import type { Random } from '../random'
import { dangerousKey, hostileNumber, hostileString, hostileValue, keyed, nested, wide } from './hostile-values'
import { one, type Family } from './packet'
import { ackId, commandNames, eventOf, objectOf, validFields, type Fields } from './valid-packets'

/** A right command with its fields changed. */
const changed =
  (change: (fields: Fields, random: Random) => Fields): Family =>
  (random, target) => {
    const name = random.pick(commandNames)
    return one(eventOf(ackId(random), `"${name}"`, objectOf(change(validFields(name, random, target), random))))
  }
const anyOf = (fields: Fields, random: Random) => random.pick(Object.keys(fields))

const laterFields = ['role', 'author', 'seq', 'rev', 'sentAt', 'attachments']
const tooLongs = [20_000, limits.packetBytes - 200, limits.packetBytes, 200_000]

/** Commands with the wrong input. */
export const commandFamilies: Record<string, Family> = {
  wrong_count: (random, target) => {
    const name = random.pick(commandNames)
    const input = objectOf(validFields(name, random, target))
    const inputs = random.pick([[], [input, input], Array<string>(5).fill(input), [input, 'null']])
    return one(eventOf(ackId(random), `"${name}"`, ...inputs))
  },
  no_object: (random) => one(eventOf(ackId(random), `"${random.pick(commandNames)}"`, hostileValue(random))),
  wrong_field: changed((fields, random) => {
    const value = random.pick([hostileValue, hostileNumber, hostileString])(random)
    return { ...fields, [anyOf(fields, random)]: value }
  }),
  extra_field: changed((fields, random) => {
    const extra = random.chance(0.5) ? dangerousKey(random) : random.pick(laterFields)
    return { ...fields, [extra]: random.pick(['1', '"x"', '{}', 'null']) }
  }),
  missing_field: changed((fields, random) => {
    const missing = anyOf(fields, random)
    return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== missing))
  }),
  prototype_keys: changed((fields, random) => ({ ...fields, [anyOf(fields, random)]: keyed(random) })),
  too_deep: changed((fields, random) => ({ ...fields, text: nested(random) })),
  too_wide: changed((fields, random) => ({ ...fields, text: wide(random) })),
  too_large: changed((fields, random) => ({ ...fields, text: `"${'x'.repeat(random.pick(tooLongs))}"` })),
}
