const names = [
  'mario',
  'helena',
  'oscar',
  'william',
  'ibrahim',
  'cecilia',
  'marianne',
  'nicolas',
  'olivia',
  'philip',
  'simone',
  'marlon',
  'carmen',
  'isolde',
  'miriam',
  'wilmer',
  'amos',
  'naomi',
  'colin',
  'elinor',
]

const cyrillic: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  i: 'і',
  s: 'ѕ',
  x: 'х',
  y: 'у',
}
const mathematical = (name: string, start: number) =>
  name.replace(/[a-z]/g, (letter) => String.fromCodePoint(start + letter.charCodeAt(0) - 97))
const replaceAll = (name: string, by: Readonly<Record<string, string>>) =>
  name.replace(/./gu, (letter) => by[letter] ?? letter)
const afterFirst = (name: string, what: string) => name.slice(0, 1) + what + name.slice(1)
const capitalised = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1)

const disguises: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  capitalised,
  (name) => name.replace(/./gu, (letter, index: number) => (index % 2 ? letter.toUpperCase() : letter)),
  // Compatibility forms.
  (name) => mathematical(name, 0x1d41a),
  (name) => mathematical(name, 0x1d5ba),
  (name) => mathematical(name, 0x1d68a),
  (name) => mathematical(name, 0xff41),
  (name) => mathematical(name, 0x24d0),
  (name) => mathematical(name.toLowerCase(), 0x1d4ea),
  // Letters of other scripts.
  (name) => replaceAll(name, cyrillic),
  (name) => afterFirst(name, '').replace(/[aeo]/u, (letter) => cyrillic[letter] ?? letter),
  (name) => replaceAll(name, { o: 'ο', i: 'ι', a: 'α', n: 'ո', u: 'υ' }),
  (name) => replaceAll(name, { o: 'օ', n: 'ո', h: 'հ', u: 'ս' }),
  (name) => replaceAll(name, { i: 'ı', l: 'ł', o: 'ø' }),
  // Characters that do not show.
  (name) => afterFirst(name, '\u200B'),
  (name) => afterFirst(name, '\u200D'),
  (name) => afterFirst(name, '\u2060'),
  (name) => afterFirst(name, '\u00AD'),
  (name) => afterFirst(name, '\u034F'),
  (name) => afterFirst(name, '\uFE0F'),
  (name) => `${name}\u3164`,
  (name) => `\uFEFF${name}`,
  (name) => `${name}\u{E0061}`,
  (name) => `${name}\u2800`,
  // Direction.
  (name) => `\u202E${Array.from(name).toReversed().join('')}`,
  (name) => `${name}\u200F`,
  (name) => `\u2066${name}\u2069`,
  // Marks.
  (name) => afterFirst(name, '\u0301'),
  (name) => afterFirst(name, '\u0323'),
  (name) => afterFirst(name, '\u0335'),
  (name) => afterFirst(name, '\u0300\u0301\u0302\u0303'),
  // Spaces.
  (name) => ` ${name}`,
  (name) => `${name} `,
  (name) => `${name}\u00A0`,
  (name) => `${name}\u2003 `,
  (name) => `${name}\u2028`,
  (name) => `${name}\n`,
  (name) => `${name.slice(0, 3)} ${name.slice(3)}`,
  (name) => `${name}.`,
  (name) => `@${name}`,
  // Letters that look like others.
  (name) => name.replaceAll('m', 'rn'),
  (name) => name.replaceAll('w', 'vv'),
  (name) => name.replaceAll('i', 'l'),
  (name) => name.replaceAll('l', 'I'),
  (name) => name.replaceAll('i', '1'),
  (name) => name.replaceAll('l', '|'),
  (name) => name.replaceAll('o', '0'),
  (name) => name.toUpperCase().replaceAll('O', '0').replaceAll('I', '1'),
  // Badges.
  (name) => `${name} ✓`,
  (name) => `${name}✔️`,
  (name) => `★ ${name}`,
  (name) => `👑${name}`,
  (name) => `${name} 🛡️`,
]

/** A name and one that a reader could take for it: a thousand pairs. */
export const lookAlikes: readonly (readonly [string, string])[] = names.flatMap((name) =>
  disguises.map((disguise) => [name, disguise(name)] as const).filter(([, disguised]) => disguised !== name),
)
