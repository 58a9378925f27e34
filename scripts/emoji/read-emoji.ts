import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Listed {
  readonly emoji: string
  readonly hexcode: string
  readonly label: string
  readonly order?: number
  readonly group?: number
  readonly tags?: readonly string[]
  readonly version: number
}

// Newer signs are empty boxes on phones that are a few years old.
const newest = 15
const parts = 2

const require = createRequire(import.meta.url)
const listIn = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The emoji that people pick from, one line each (sign, name, codes, words), one empty line between groups. */
export function readEmoji(): string {
  const all = listIn(require.resolve('emojibase-data/en/data.json')) as readonly Listed[]
  const codes = listIn(require.resolve('emojibase-data/en/shortcodes/github.json')) as Readonly<
    Record<string, string | readonly string[]>
  >
  const codesOf = ({ hexcode, label }: Listed) =>
    [codes[hexcode] ?? label.toLowerCase().replace(/[^a-z0-9]+/g, '_')].flat()

  const groups = new Map<number, string[]>()
  for (const one of [...all].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))) {
    if (one.group === undefined || one.group === parts || one.version > newest) continue
    const line = [one.emoji, one.label, codesOf(one).join(' '), (one.tags ?? []).join(' ')].join('\t')
    groups.set(one.group, [...(groups.get(one.group) ?? []), line])
  }
  return [...groups.values()].map((lines) => lines.join('\n')).join('\n\n')
}
