import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from '../../../../src/renderer/markup/pieces'
import { safeLink } from '#shared/safe-link'

const shown = (text: string) => piecesOf(text, [])

test('links are found in the text around them', () => {
  expect(shown('see https://example.com/a, or ask ada@example.com')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'link', text: 'https://example.com/a', href: 'https://example.com/a' },
    { kind: 'text', text: ', or ask ' },
    { kind: 'link', text: 'ada@example.com', href: 'mailto:ada@example.com' },
  ])
})

test('a host without a scheme and an address on the network become http links', () => {
  const hrefs = shown('example.com 192.168.1.5:4545/ABC234').flatMap((token) =>
    token.kind === 'link' ? [token.href] : [],
  )
  expect(hrefs).toEqual(['http://example.com/', 'http://192.168.1.5:4545/ABC234'])
})

test.each([
  'javascript:alert(1)',
  'ftp://example.com/x',
  'http://user:pw@example.com/',
  '<img src=x onerror=alert(1)>',
])('%s is shown as it was written', (text) => {
  expect(shown(text)).toEqual([{ kind: 'text', text }])
})

test('no text is lost or changed, and every link is a safe one', () => {
  const pieces = ['http://', 'www.', 'a.de', '@', 'mailto:', '://', ' ', '\n', '\u200f', '😀', '(', 'é', '/?#', '<b>']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 16 }), (chosen) => {
      const text = chosen.join('')
      const tokens = shown(text)
      expect(tokens.map((token) => token.text).join('')).toBe(text)
      for (const token of tokens) if (token.kind === 'link') expect(safeLink(token.href)?.href).toBe(token.href)
    }),
    { seed: 20_260_303, numRuns: 100 },
  )
})

test('a message made to slow the finder down costs no more than its words', () => {
  const hostile = 'http://a.b/?'.repeat(1_365)
  expect(shown(hostile)).toEqual([{ kind: 'text', text: hostile }])
})
