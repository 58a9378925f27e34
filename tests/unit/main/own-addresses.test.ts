import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { asHost, dialUrl, portsToTry } from '../../../src/main/hosting/bound'
import { defaultInterface } from '../../../src/main/hosting/default-address'
import { hostingEnvironment } from '../../../src/main/hosting/environment'
import { ownAddresses } from '../../../src/main/hosting/own-addresses'

const at = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo

test('the default route comes first, virtual adapters last, what nobody can reach not at all', () => {
  const interfaces = {
    lo: [at('127.0.0.1', true), at('::1', true)],
    docker0: [at('172.17.0.1')],
    'vEthernet (WSL)': [at('172.20.0.1')],
    tailscale0: [at('100.64.0.1')],
    eth1: [at('169.254.3.4')],
    wlan0: [at('192.168.1.7'), at('fe80::1'), at('FEBF::2'), at('2001:db8::7')],
    eth0: [at('10.0.0.5')],
  }
  expect(ownAddresses(interfaces, '10.0.0.5')).toEqual([
    '10.0.0.5',
    '192.168.1.7',
    '2001:db8::7',
    '169.254.3.4',
    '172.17.0.1',
    '172.20.0.1',
    '100.64.0.1',
  ])
})

test('without a default route the order is that of the system', () => {
  expect(ownAddresses({ eth0: [at('10.0.0.5')], wlan0: [at('10.0.0.6')] }, undefined)).toEqual(['10.0.0.5', '10.0.0.6'])
  expect(ownAddresses({}, undefined)).toEqual([])
})

const header = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'
const route = (name: string, destination: string, metric: number, mask: string) =>
  `${name}\t${destination}\t0101A8C0\t0003\t0\t0\t${metric}\t${mask}\t0\t0\t0   `

test('the default route with the lowest metric wins', () => {
  const routes = [
    header,
    route('wlan0', '00000000', 600, '00000000'),
    route('eth0', '00000000', 100, '00000000'),
    route('tun0', '00000000', 50, '00000080'),
    route('eth0', '0000A8C0', 0, '00FFFFFF'),
    '',
  ].join('\n')
  expect(defaultInterface(routes)).toBe('eth0')
  expect(defaultInterface(`${header}\n`)).toBeUndefined()
})

test('ports follow one another and end with the last there is', () => {
  expect(portsToTry(undefined, 4545)).toHaveLength(20)
  expect(portsToTry(4547, 4545).slice(0, 5)).toEqual([4547, 4545, 4546, 4548, 4549])
  expect(portsToTry(undefined, 65_534)).toEqual([65_534, 65_535])
})

test('this computer dials itself on loopback unless bound to one address', () => {
  expect(dialUrl({ host: '::', port: 1 })).toBe('http://127.0.0.1:1')
  expect(dialUrl({ host: '0.0.0.0', port: 1 })).toBe('http://127.0.0.1:1')
  expect(dialUrl({ host: '::1', port: 1 })).toBe('http://[::1]:1')
  expect(dialUrl({ host: '192.168.1.5', port: 1 })).toBe('http://192.168.1.5:1')
  expect(asHost('fe80::1')).toBe('[fe80::1]')
})

test('the environment may set address, names and port; a bad value is one clear sentence', () => {
  expect(hostingEnvironment({})).toEqual({ bindAddress: undefined, names: [], wantedPort: 4545 })
  const env = { PARLOR_HOSTING_ADDRESS: '::1', PARLOR_NAMES: 'chat.lan, , a.b', PARLOR_PORT: '80' }
  expect(hostingEnvironment(env)).toEqual({ bindAddress: '::1', names: ['chat.lan', 'a.b'], wantedPort: 80 })
  expect(hostingEnvironment({ PARLOR_PORT: '0' })).toEqual({
    problem: 'PARLOR_PORT must be a number from 1 to 65535, not "0".',
  })
  expect(hostingEnvironment({ PARLOR_HOSTING_ADDRESS: 'lan' })).toEqual({
    problem: 'PARLOR_HOSTING_ADDRESS must be an IP address such as 127.0.0.1, not "lan".',
  })
})
