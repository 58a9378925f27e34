import { expect, test } from 'vitest'
import { parseAddress, parseServerUrl } from '#shared/address'

test.each([
  ['ABC234', { roomId: 'ABC234' }],
  [' abc-234 ', { roomId: 'ABC234' }],
  ['abc 234', { roomId: 'ABC234' }],
  ['oil0uv', { roomId: '0110VV' }],
  ['192.168.1.5', { server: 'http://192.168.1.5:4545' }],
  ['192.168.1.5:4600', { server: 'http://192.168.1.5:4600' }],
  ['192.168.1.5:80', { server: 'http://192.168.1.5' }],
  ['graces-laptop.local:80/ABC234', { server: 'http://graces-laptop.local', roomId: 'ABC234' }],
  ['[fe80::1]/ABC234', { server: 'http://[fe80::1]:4545', roomId: 'ABC234' }],
  ['[fe80::1]:80/ABC234', { server: 'http://[fe80::1]', roomId: 'ABC234' }],
  ['192.168.1.5:4545/ABC234', { server: 'http://192.168.1.5:4545', roomId: 'ABC234' }],
  ['192.168.1.5/abc234', { server: 'http://192.168.1.5:4545', roomId: 'ABC234' }],
  ['http://192.168.1.5:4545/ABC234/', { server: 'http://192.168.1.5:4545', roomId: 'ABC234' }],
  ['https://chat.example.com', { server: 'https://chat.example.com' }],
  ['https://Chat.Example.com/ABC234', { server: 'https://chat.example.com', roomId: 'ABC234' }],
  ['http://[fe80::1]:4545/ABC234', { server: 'http://[fe80::1]:4545', roomId: 'ABC234' }],
  ['graces-laptop.local/ABC234', { server: 'http://graces-laptop.local:4545', roomId: 'ABC234' }],
])('%s is read as people mean it', (typed, address) => {
  expect(parseAddress(typed)).toEqual(address)
})

test.each([
  '',
  '   ',
  'ftp://192.168.1.5',
  'javascript:alert(1)',
  'http://user:secret@192.168.1.5/ABC234',
  'http://192.168.1.5/not-a-code/at/all',
  'two words here/ABC234',
  'x'.repeat(600),
])('%j is no address', (typed) => {
  expect(parseAddress(typed)).toBeUndefined()
})

test('a server address is an origin without credentials', () => {
  expect(parseServerUrl('http://192.168.1.5:4545/ABC234?x#y')).toBe('http://192.168.1.5:4545')
  expect(parseServerUrl('http://a@b')).toBeUndefined()
  expect(parseServerUrl('file:///etc/passwd')).toBeUndefined()
})
