import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { createAddressKey } from '../../../../src/server/budgets/address-key'

const onLink = (...cidrs: string[]) =>
  createAddressKey(() => ({ eth0: cidrs.map((cidr) => ({ cidr }) as NetworkInterfaceInfo) }))
const addressKey = onLink('192.168.1.2/24', '2001:db8:1:1::2/64', 'fd12:3456:789a:1::2/64', '::1/128')

test('IPv4 counts by address, in either spelling', () => {
  expect(['192.168.1.5', '::ffff:192.168.1.5'].map(addressKey)).toEqual(['192.168.1.5', '192.168.1.5'])
})

test('IPv6 from elsewhere counts by its /64, however short an own prefix claims to be', () => {
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:bbbb::2'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
  expect(onLink('2000::1/3')('2001:db8:1:2::1')).toBe('2001:db8:1:2::/64')
})

test.each([
  ['fe80::1%eth0', 'fe80::2%eth0'],
  ['2001:db8:1:1::5', '2001:db8:1:1::6'],
  ['fd12:3456:789a:1::5', 'fd12:3456:789a:1::6'],
])('%s and %s on the own network are two', (one, other) => {
  expect(addressKey(one)).not.toBe(addressKey(other))
  expect(addressKey(one)).toBe(addressKey(one.toUpperCase().replace('ETH', 'eth')))
})

test('what is no address is one', () => {
  expect([addressKey(undefined), addressKey('nonsense')]).toEqual(['unknown', 'unknown'])
})
