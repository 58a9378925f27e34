import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasMarkup } from '../../../../src/renderer/markup/has-markup'
import { readMarkdown } from '../../../../src/renderer/markup/read-markdown'
import { ada, grace } from '../support/conversation'
import { plainText, type Block, type Inline } from '../../../../src/renderer/markup/tree'

const text = (said: string): Inline => ({ kind: 'text', text: said })
const line = (...children: Inline[]): Block => ({ kind: 'paragraph', children })

test('marks become bold, italic, strike and code, also inside each other', () => {
  expect(readMarkdown('**a _b_** ~~c~~ `*d*`')).toEqual([
    line(
      { kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }] },
      text(' '),
      { kind: 'strike', children: [text('c')] },
      text(' '),
      { kind: 'code', text: '*d*' },
    ),
  ])
})

test('the name of a member keeps its marks, inside others and in a link; anybody else’s is markup', () => {
  const bold = (...children: Inline[]): Inline => ({ kind: 'bold', children })
  const members = [
    { memberId: ada, name: '__x__' },
    { memberId: grace, name: 'a*b' },
  ]
  expect(readMarkdown('Hi @__x__ and **@a*b**, *you*', members)).toEqual([
    line(text('Hi @__x__ and '), bold(text('@a*b')), text(', '), { kind: 'italic', children: [text('you')] }),
  ])
  expect(readMarkdown('[@__x__](https://example.com)', members)).toEqual([
    line({ kind: 'link', href: 'https://example.com/', children: [text('@__x__')] }),
  ])
  expect(readMarkdown('`@__x__` @__y__', members)).toEqual([
    line({ kind: 'code', text: '@__x__' }, text(' @'), bold(text('y'))),
  ])
})

test('lines stay lines; quotes and lists end with their line', () => {
  expect(readMarkdown('a\nb')).toEqual([line(text('a\nb'))])
  expect(readMarkdown('> a\n> b\nc')).toEqual([{ kind: 'quote', blocks: [line(text('a\nb'))] }, line(text('c'))])
  expect(readMarkdown('3. a\n4. b\nc')).toEqual([
    { kind: 'list', start: 3, items: [[line(text('a'))], [line(text('b'))]] },
    line(text('c')),
  ])
  expect(readMarkdown('- a\n  - b')).toEqual([
    {
      kind: 'list',
      start: undefined,
      items: [[line(text('a')), { kind: 'list', start: undefined, items: [[line(text('b'))]] }]],
    },
  ])
})

test('a fence keeps every character and names its language', () => {
  expect(readMarkdown('```TS title\nconst a = `*`\n\n  <b>\n```\nafter')).toEqual([
    { kind: 'code', language: 'ts', text: 'const a = `*`\n\n  <b>' },
    line(text('after')),
  ])
})

test('links lead where safeLink lets them; the rest is text', () => {
  expect(readMarkdown('[a *b*](https://example.com/x)')).toEqual([
    line({
      kind: 'link',
      href: 'https://example.com/x',
      children: [text('a '), { kind: 'italic', children: [text('b')] }],
    }),
  ])
  for (const unsafe of ['[a](javascript:alert(1))', '[a](/etc)', '![a](data:text/html,x)', '[a](http://u:p@h/)']) {
    expect(readMarkdown(unsafe)).toEqual([line(text(unsafe))])
  }
})

test('an address keeps the marks inside it', () => {
  const href = 'https://example.com/_a_/*b*?c'
  const link: Inline = { kind: 'link', href, children: [text(href)] }
  expect(readMarkdown(`**see ${href}** _b_`)).toEqual([
    line({ kind: 'bold', children: [text('see '), link] }, text(' '), { kind: 'italic', children: [text('b')] }),
  ])
})

test.each([
  '# a',
  'a\n===',
  '---',
  '| a | b |\n|---|---|',
  '<b>a</b>',
  '&lt;',
  String.raw`\\server\share`,
  '    a',
  '[a]: b',
  '- ',
  '*',
])('%j is shown as it was written', (said) => expect(readMarkdown(said.trim())).toEqual([line(text(said.trim()))]))

const deep = (mark: string, times: number) => `${mark.repeat(times)}end`
test.each([
  ['quotes', deep('> ', 4_000)],
  ['lists', deep('- ', 4_000)],
  ['both', deep('> 1. ', 1_600)],
  ['items', '- a\n'.repeat(2_000)],
  ['italics', '*a* '.repeat(2_000)],
])('too deep or too many %s stay the text they were', (_name, said) => {
  expect(readMarkdown(said)).toEqual(plainText(said))
})

test('no word is lost, whatever marks stand around it', () => {
  const pieces = [
    '> ',
    '- ',
    '1. ',
    '**',
    '_',
    '~~',
    '`',
    '\n',
    '\n\n',
    '    ',
    '```\n',
    '[',
    '](',
    ')',
    '\\',
    '<b>',
    '| ',
    '# ',
    'http://',
    '---\n',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (marks) => {
      const said = marks.map((mark, index) => `${mark}w${index}w`).join('')
      const shown = JSON.stringify(readMarkdown(said))
      for (const index of marks.keys()) expect(shown).toContain(`w${index}w`)
    }),
    { seed: 20_261_122, numRuns: 400 },
  )
})

test('what has no marks is read the same without the reader', () => {
  const pieces = ['a', ' ', '\n', '.', ':', '@', '-', '#', '1', '!', '(', '/', '\\', '&', '<']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 30 }), (chosen) => {
      const said = chosen.join('').trim()
      fc.pre(said !== '' && !hasMarkup(said) && !said.includes('\n\n') && !/\n[ ]| \n/.test(said))
      expect(readMarkdown(said)).toEqual(plainText(said))
    }),
    { seed: 20_261_122, numRuns: 400 },
  )
})
