import type { Random } from '../random'

// Values are JSON text, so that they can be what no JavaScript value would be written as.
const numbers = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e308',
  '1e999',
  '-1e999',
  '1e-320',
  '9007199254740993',
  '2147483648',
  '0.1',
  '01',
  '+1',
  'NaN',
  '1'.repeat(400),
]
const odd = [
  'null',
  'true',
  'false',
  '[]',
  '{}',
  '""',
  'undefined',
  '[null]',
  '{"":""}',
  '[[]]',
  '{"length":1e9}',
  '{"toString":null}',
  '{"valueOf":1,"toJSON":1}',
  '{"then":1}',
]
const strings = [
  '\\ud800',
  '\\udc00\\ud800',
  'a\\ud83d',
  '\\u0000',
  '\\u0000\\u0001\\u001f',
  '\\u202e\\u2066evil',
  '\\u200b\\u200c\\u200d\\ufeff',
  '  \\n\\t ',
  '../../../etc/passwd',
  "'; drop table messages; --",
  '<img src=x onerror=alert(1)>',
  '%s%n%x',
  '${7*7}',
  '\\ufffe\\uffff',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  '\\u2028\\u2029',
  '\\uff41\\u0301\\u0301\\u0301',
  '\\\\',
  '\\"',
  '\\/',
  'I'.repeat(6),
  '0',
  'null',
  '[object Object]',
]
const dangerousKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  'length',
  'then',
  '_placeholder',
  '\\ud800',
  '\\u0000',
]
const long = [33, 129, 401, 513, 4_001, 16_385, 30_000]

/** A JSON value that no field of the contract wants, or hardly. */
export function hostileValue(random: Random): string {
  const shapes = random.chance(0.75) ? [hostileNumber, hostileString, oddValue] : [longString, nested, wide, keyed]
  return random.pick(shapes)(random)
}

export const hostileNumber = (random: Random): string => random.pick(numbers)
export const hostileString = (random: Random): string => `"${random.pick(strings)}"`
const oddValue = (random: Random): string => random.pick(odd)
const longString = (random: Random): string =>
  `"${random.pick(['x', '\\ud83d\\ude00', 'e\\u0301', ' ', '\\ud800']).repeat(random.pick(long)).slice(0, 60_000)}"`

/** Arrays or objects within each other. */
export function nested(random: Random): string {
  const depth = random.pick([3, 8, 9, 20, 500, 9_000])
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"text":', '}]'],
  ] as const)
  const deepest = random.pick(['0', 'null', '""', ''])
  return open.repeat(depth) + deepest + close.repeat(depth)
}

/** Many small values side by side. */
export function wide(random: Random): string {
  const count = random.pick([257, 2_000, 6_000])
  if (random.chance(0.5)) return `[${Array.from({ length: count }, () => random.between(0, 9)).join(',')}]`
  return `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join(',')}}`
}

/** An object whose keys are the ones that reach into prototypes. */
export function keyed(random: Random): string {
  const inner = random.pick(['{}', '{"polluted":true}', 'null', '1', '{"__proto__":{"ok":true}}'])
  return `{"${random.pick(dangerousKeys)}":${inner},"${random.pick(dangerousKeys)}":${random.pick(['1', '"x"', '[]'])}}`
}

export const dangerousKey = (random: Random): string => random.pick(dangerousKeys)
