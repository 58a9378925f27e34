/** Texts made to be slow to read: what repeats, and what stands before it once. */
const repeated: Readonly<Record<string, string | readonly [start: string, again: string]>> = {
  'quotes in quotes': '> ',
  'lists in lists': '- ',
  'numbers in numbers': '1. ',
  'quotes in lists': '> - ',
  items: '- a\n',
  'empty lines': 'a\n\n',
  stars: '*',
  'open stars': '*a ',
  'open and closed stars': '*a **a ',
  'stars inside words': 'a**b*c',
  underscores: '_a __a ',
  strokes: '~~a ~',
  'open brackets': '[',
  'links without an end': '[a](',
  'links in angles': '[a](<b',
  'titles without an end': '[a](http://a.b "',
  'brackets in brackets': ['[', '[a](http://a.b)]'],
  pictures: '![',
  backslashes: '\\*',
  'code without an end': '`a ',
  fences: '```\n',
  'fences of waves': '~~~a\n',
  schemes: 'http://',
  'schemes without slashes': 'http:mailto:',
  'links that go on': ['http://a.b', '/?#'],
  hosts: 'a.b.',
  'mail addresses': 'a@a.',
  slashes: '//a.b/',
  'brackets in links': ['http://a.b/', '(('],
  'network addresses': '1.1.1.1:',
  'signs of mentions': '@',
  mentions: '@anna ',
  'mentions of nobody': '@annnnnx ',
  'wide signs of mentions': '＠a',
  families: '👨‍👩‍👧‍👦',
  flags: '🇩🇪',
  keycaps: '1️⃣',
  'marks on letters': ['a', '\u0301'],
  'letters from right to left': '\u202e\u0627\u200f',
}

/** Code made to be slow to colour, by language. */
const code: Readonly<Record<string, string>> = {
  js: '`${',
  javascript: '/[/',
  java: '"\\',
  c: '#define a(',
  cpp: 'R"(a)" ',
  rust: 'r#"a"',
  ts: 'a<b<',
  xml: '<a b="',
  css: 'a{b:',
  bash: '$( "',
  sql: "'a''",
  yaml: '- a: &b ',
  json: '[{"a":',
  python: 'f"{',
  ruby: '#{ "',
  php: '<?php "',
  markdown: '*a _b ',
}

export interface WorstText {
  readonly name: string
  /** The text in about so many characters. */
  readonly of: (length: number) => string
}

const filled =
  ([start, again]: readonly [string, string]) =>
  (length: number) =>
    start + again.repeat(Math.ceil((length - start.length) / again.length))

export const worstTexts: readonly WorstText[] = [
  ...Object.entries(repeated).map(([name, again]) => ({
    name,
    of: filled(typeof again === 'string' ? ['', again] : again),
  })),
  // Each run of another length: none closes another.
  {
    name: 'code of all lengths',
    of: (length) => {
      let text = ''
      for (let run = 1; text.length < length; run++) text += `${'`'.repeat(run)}a`
      return text
    },
  },
  ...Object.entries(code).map(([language, again]) => ({
    name: `code in ${language}`,
    of: (length: number) => `\`\`\`${language}\n${filled(['', again])(length - 64)}\n\`\`\``,
  })),
]
