import { expect, test } from 'vitest'
import { ownServer, type ServerUrl } from '#shared/address'
import type { Connection, Hosting } from '#shared/bridge'
import { connectionNotice } from '../../../src/renderer/connection-notice'
import { connectionWords } from '../../../src/renderer/text/connection'
import { doorErrorWords, errorWords, hostingFailureWords } from '../../../src/renderer/text/errors'

const server = 'http://192.168.1.5:4545' as ServerUrl
const now = 100_000
const stopped: Hosting = { state: 'stopped' }
const noticeOf = (connection: Partial<Connection>, hosting: Hosting = stopped, wasReady = true) =>
  connectionNotice({ server, state: 'connecting', since: now - 1_000, ...connection }, hosting, { now, wasReady })

test('an online connection needs no words', () => {
  expect(noticeOf({ state: 'online' })).toBeUndefined()
})

test('a wait for the next attempt is counted down, and can be cut short', () => {
  expect(noticeOf({ retryAt: now + 3_100 })).toEqual({
    text: connectionWords.retryIn(4),
    spoken: connectionWords.connecting,
    canRetry: true,
  })
})

test('a server that stays away is called gone', () => {
  expect(noticeOf({ since: now - 16_000 })?.text).toBe(connectionWords.hostGone)
})

test('a refusal says why', () => {
  expect(noticeOf({ state: 'refused', refusal: 'unsupported_version' })?.text).toBe(errorWords.unsupported_version)
  expect(noticeOf({ state: 'refused', refusal: 'forbidden' })?.text).toBe(doorErrorWords.forbidden)
})

test('a server without room for more says so, and is not called gone', () => {
  const crowded = { refusal: 'rate_limited', retryAt: now + 3_000, since: now - 60_000 } as const
  expect(noticeOf(crowded)).toEqual({
    text: connectionWords.crowded,
    spoken: connectionWords.crowded,
    canRetry: true,
  })
})

test("trouble with this computer's own server is told as such", () => {
  expect(noticeOf({ server: ownServer }, { state: 'restarting' })?.text).toBe(connectionWords.restarting)
  expect(noticeOf({ server: ownServer }, { state: 'failed', reason: 'data_newer' })).toEqual({
    text: hostingFailureWords.data_newer,
    spoken: hostingFailureWords.data_newer,
    canRetry: true,
  })
})
