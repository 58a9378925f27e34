import { expect, test } from 'vitest'
import { readConnectError } from '../../../src/client/transport/connect-error'

const upgrade = (status: number) => ({ description: { message: `Unexpected server response: ${status}` } })

test.each([
  [
    { message: 'unsupported_version', data: { code: 'unsupported_version' } },
    { kind: 'refused', code: 'unsupported_version' },
  ],
  [{ data: { code: 'rate_limited', retryAfterMs: 9 } }, { kind: 'refused', code: 'rate_limited', retryAfterMs: 9 }],
  [{ message: 'timeout' }, { kind: 'silent' }],
  [upgrade(404), { kind: 'foreign' }],
  [upgrade(200), { kind: 'foreign' }],
  [upgrade(421), { kind: 'refused', code: 'forbidden' }],
  [upgrade(429), { kind: 'refused', code: 'rate_limited' }],
  [upgrade(503), { kind: 'unreachable' }],
  [{ description: { message: 'Parse Error: Expected HTTP/' } }, { kind: 'foreign' }],
  [{ description: { message: 'connect ECONNREFUSED 127.0.0.1:9' } }, { kind: 'unreachable' }],
  [{ message: 'websocket error' }, { kind: 'unreachable' }],
  [{ data: { code: 'made_up' } }, { kind: 'refused', code: 'unsupported_version' }],
  [{ data: 'made up' }, { kind: 'unreachable' }],
  [undefined, { kind: 'unreachable' }],
])('%j means %j', (error, end) => {
  expect(readConnectError(error)).toEqual(end)
})
