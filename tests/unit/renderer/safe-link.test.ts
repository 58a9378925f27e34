import { expect, test } from 'vitest'
import { safeLink } from '../../../src/renderer/safe-link'

const hostile = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:http://lan.test/1',
  'ftp://lan.test/file',
  'parlor://join?h=lan.test',
  'smb://lan.test/share',
  'ms-msdt:/id',
  'chrome://settings',
  'view-source:http://lan.test',
  'http://user@lan.test/',
  'http://user:secret@lan.test/',
  'https://lan.test@evil.test/',
  '//lan.test/path',
  '/path',
  'lan.test',
  'http://',
  'http:// lan.test',
  '',
  `http://lan.test/${'a'.repeat(2_048)}`,
  // Short as typed, too long once its characters are escaped.
  `http://lan.test/${'é'.repeat(1_000)}`,
]

test.each(hostile)('%j stays text', (text) => {
  expect(safeLink(text)).toBeUndefined()
})

test.each([
  ['http://lan.test', 'http://lan.test/'],
  ['HTTPS://LAN.test/A?b=c#d', 'https://lan.test/A?b=c#d'],
  ['mailto:ada@lan.test', 'mailto:ada@lan.test'],
  ['http://192.168.1.5:4545/ABC234', 'http://192.168.1.5:4545/ABC234'],
  ['https://bücher.test/', 'https://xn--bcher-kva.test/'],
])('%s may be followed', (text, href) => {
  expect(safeLink(text)).toBe(href)
})
