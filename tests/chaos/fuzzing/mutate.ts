import type { Random } from '../random'

type Mutation = (bytes: Buffer, random: Random) => Buffer

const flipBit: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes)
  const at = random.between(0, copy.length - 1)
  copy[at] = copy[at]! ^ (1 << random.between(0, 7))
  return copy
}
const insert: Mutation = (bytes, random) => {
  const at = random.between(0, bytes.length)
  const added = random.pick([
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '0',
    '-',
    '\u0000',
    '/',
    ' ',
    '\uFEFF',
    'e9',
    '\\ud800',
    '\xff',
  ])
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(added, 'latin1'), bytes.subarray(at)])
}
const remove: Mutation = (bytes, random) => {
  const at = random.between(0, bytes.length - 1)
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 8))])
}
const truncate: Mutation = (bytes, random) => bytes.subarray(0, random.between(0, bytes.length - 1))
const repeat: Mutation = (bytes, random) => {
  const at = random.between(0, bytes.length - 1)
  const part = bytes.subarray(at, at + random.between(1, 20))
  return Buffer.concat([
    bytes.subarray(0, at),
    ...Array.from({ length: random.between(2, 200) }, () => part),
    bytes.subarray(at),
  ])
}
const swap: Mutation = (bytes, random) => {
  const at = random.between(0, bytes.length - 1)
  return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)])
}
const randomise: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes)
  for (let left = random.between(1, 6); left > 0; left--)
    copy[random.between(0, copy.length - 1)] = random.between(0, 255)
  return copy
}

const mutations = [flipBit, insert, remove, truncate, repeat, swap, randomise]

/** The packet with one to three small wounds. */
export function mutate(packet: string, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(packet)
  for (let left = random.between(1, 3); left > 0 && bytes.length > 0; left--)
    bytes = random.pick(mutations)(bytes, random)
  return bytes
}

export const randomBytes = (random: Random, most: number): Buffer =>
  Buffer.from(Array.from({ length: random.between(0, most) }, () => random.between(0, 255)))
