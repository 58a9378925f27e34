import { expect, test } from 'vitest'
import { addressKey } from '../../../../src/server/budgets/address-key'

test('IPv4 counts by address, in either spelling, and IPv6 by its /64', () => {
  expect(['192.168.1.5', '::ffff:192.168.1.5'].map(addressKey)).toEqual(['192.168.1.5', '192.168.1.5'])
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:bbbb::2'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
  expect([addressKey('fe80::1%eth0'), addressKey(undefined), addressKey('nonsense')]).toEqual([
    'fe80:0:0:0::/64',
    'unknown',
    'unknown',
  ])
})
