import { mutate, randomBytes } from './mutate'
import { binary, one, type Family } from './packet'
import { validCommand, validHandshake } from './valid-packets'

const beginnings = ['4', '42', '421', '40', '43', '45', '5', 'b']
const invalidUtf8 = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88]].map((bytes) => Buffer.from(bytes))

/** Bytes nobody meant, and packets hurt on the way. */
export const byteFamilies: Record<string, Family> = {
  random_text: (random) => one(randomBytes(random, 300)),
  random_after_type: (random) => one(Buffer.concat([Buffer.from(random.pick(beginnings)), randomBytes(random, 100)])),
  random_binary: (random) => [binary(randomBytes(random, 1_000))],
  invalid_utf8: (random, target) =>
    one(Buffer.concat([Buffer.from(validCommand(random, target)), random.pick(invalidUtf8)])),
  mutated: (random, target) => one(mutate(validCommand(random, target), random)),
  mutated_handshake: (random) => one(mutate(validHandshake, random)),
  broken_json: (random, target) => {
    const packet = validCommand(random, target)
    const broken = [
      packet.slice(0, -random.between(1, 20)),
      `${packet}]`,
      packet.replaceAll('"', "'"),
      packet.replaceAll(':', '='),
      `${packet}${packet}`,
      packet.replace('{', '{,'),
    ]
    return one(random.pick(broken))
  },
}
