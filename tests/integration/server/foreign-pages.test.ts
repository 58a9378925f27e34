import { hostname, networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { rawRequest, requestHead, upgradeHead } from '../../support/raw-http'

const own = hostname().toLowerCase().split('.')[0]!

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))

/** Host headers, and whether each is a name of ours. `P` stands for the port. */
const hosts: [string[], boolean][] = [
  [['127.0.0.1:P'], true],
  [['localhost:P'], true],
  [['LOCALHOST:P'], true],
  [['localhost.:P'], true],
  [[`${own}.local:P`], true],
  [[`${own.toUpperCase()}.LOCAL.:P`], true],
  [['chat.office:P'], true],
  [['[::1]:P'], hasIpv6],
  [['[0:0:0:0:0:0:0:1]:P'], hasIpv6],
  [[], false],
  [[''], false],
  [['evil.example:P'], false],
  [['evil.example'], false],
  [['localhost'], false],
  [['localhost:80'], false],
  [['127.0.0.1:1'], false],
  [['127.0.0.1:0P'], false],
  [['127.0.0.1:P '.concat('x')], false],
  [['127.0.0.1:P, evil.example'], false],
  [['127.0.0.1:P', '127.0.0.1:P'], false],
  [['127.0.0.1:P', 'evil.example'], false],
  [['evil.example', '127.0.0.1:P'], false],
  [['localhost.evil.example:P'], false],
  [['evil-localhost:P'], false],
  [['127.0.0.1.evil.example:P'], false],
  [['2130706433:P'], false],
  [['0x7f000001:P'], false],
  [['0177.0.0.1:P'], false],
  [['127.1:P'], false],
  [['0.0.0.0:P'], false],
  [['::1:P'], false],
  [['[::ffff:127.0.0.1]:P'], false],
  [['user@127.0.0.1:P'], false],
  [['127.0.0.1:P@evil.example'], false],
  [['127.0.0.1:P/'], false],
  [['localhost..:P'], false],
  [['lоcalhost:P'], false],
]

/** Origins of a page served by this host, and of others. `H` stands for the Host header. */
const origins: [string[], boolean][] = [
  [[], true],
  [['http://H'], true],
  [['parlor-app://ui'], true],
  [['https://H'], false],
  [['null'], false],
  [['file://'], false],
  [[''], false],
  [['http://evil.example'], false],
  [['http://H.evil.example'], false],
  [['http://evil.example/http://H'], false],
  [['http://H/'], false],
  [['http://user@H'], false],
  [['http://H', 'http://evil.example'], false],
  [['parlor-app://ui.evil'], false],
  [['chrome-extension://abcdef'], false],
]

test('only our own names and our own pages get a session', async () => {
  const parlor = await openParlor({ names: ['chat.office'], appOrigin: 'parlor-app://ui' })
  const { port } = parlor.server
  const wrong: unknown[] = []
  let asked = 0

  for (const [host, isOurs] of hosts)
    for (const [origin, isAllowed] of origins) {
      const named = host.map((one) => one.replaceAll('P', String(port)))
      const from = origin.map((one) => one.replaceAll('H', (named[0] ?? '').toLowerCase()))
      const lines = [...named.map((one) => `Host: ${one}`), ...from.map((one) => `Origin: ${one}`)]
      const expected = !isOurs ? 421 : isAllowed ? 101 : 403
      const { status } = await rawRequest(port, upgradeHead(lines))
      asked++
      if (status !== expected) wrong.push({ host: named, origin: from, status, expected })
    }
  expect(asked).toBeGreaterThanOrEqual(300)
  expect(wrong).toEqual([])
}, 60_000)

test('requests are held to the same names, and writes to the same origins', async () => {
  const parlor = await openParlor({ names: ['chat.office'] })
  const { port } = parlor.server
  const wrong: unknown[] = []
  for (const [host, isOurs] of hosts)
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
      for (const origin of ['http://evil.example', 'null', undefined]) {
        const named = host.map((one) => one.replaceAll('P', String(port)))
        const lines = [...named.map((one) => `Host: ${one}`), ...(origin === undefined ? [] : [`Origin: ${origin}`])]
        const isReading = method === 'GET' || method === 'HEAD'
        const served = isReading ? 200 : 404
        const expected = !isOurs ? 421 : origin !== undefined && !isReading ? 403 : served
        const { status, headers } = await rawRequest(port, requestHead(method, '/healthz', lines))
        const leaks = Object.keys(headers).some((name) => name.startsWith('access-control-') || name === 'set-cookie')
        if (status !== expected || leaks) wrong.push({ host: named, method, origin, status, expected, leaks })
      }
  expect(wrong).toEqual([])
}, 60_000)

test('a target with a host of its own, polling and other ways in are refused', async () => {
  const parlor = await openParlor()
  const { port } = parlor.server
  const ours = [`Host: 127.0.0.1:${port}`]
  const get = async (target: string) => (await rawRequest(port, requestHead('GET', target, ours))).status
  const upgrade = async (target: string) => (await rawRequest(port, upgradeHead(ours, target))).status

  expect(await get(`http://evil.example/healthz`)).toBe(421)
  expect(await get(`http://127.0.0.1:${port}/healthz`)).toBe(421)
  expect(await get('/socket.io/?EIO=4&transport=polling')).toBe(404)
  expect(await get('/socket.io/socket.io.js')).toBe(404)
  expect(await upgrade('/socket.io/?EIO=3&transport=websocket')).toBe(404)
  expect(await upgrade('/socket.io/?EIO=4&transport=polling')).toBe(404)
  expect(await upgrade('/socket.io/?EIO=4&transport=websocket&sid=x')).toBe(404)
  expect(await upgrade('/other/?EIO=4&transport=websocket')).toBe(404)
  expect(await upgrade('//evil.example/socket.io/?EIO=4&transport=websocket')).toBe(404)
})
