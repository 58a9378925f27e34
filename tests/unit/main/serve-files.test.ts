import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import type { FileLinks } from '../../../src/main/files/file-links'
import { createFileServer } from '../../../src/main/files/serve-files'
import { openFileServer } from './open-file-server'

const link = 'parlor-app://ui/files/8a7d7e0e-9c0f-4d3c-8a69-0d9e0a4f7b11'

async function ask(answer: RequestListener, request: RequestInit = {}): Promise<Response> {
  const url = await openFileServer(answer)
  const links: FileLinks = {
    open: () => expect.fail('nobody asked for an address'),
    resolve: (asked) => Promise.resolve(asked === link ? url : undefined),
  }
  const serve = createFileServer(links, { patienceMs: 300, leastPerSecond: 1_000 })
  return serve(new Request(link, request))
}

const strict = {
  'cache-control': 'private, no-store',
  'content-disposition': 'attachment',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

test('a file comes with the type the server found, and with no other word of the server', async () => {
  const response = await ask((_request, answer) => {
    answer.writeHead(200, {
      'Content-Type': 'image/png',
      'Content-Length': '3',
      'Content-Security-Policy': "default-src 'unsafe-inline'",
      'Content-Disposition': 'inline',
      'Set-Cookie': 'a=b',
      'Access-Control-Allow-Origin': '*',
      Refresh: '0; url=http://evil.example',
      'X-Other': 'yes',
    })
    answer.end('png')
  })

  expect([response.status, await response.text()]).toEqual([200, 'png'])
  expect(Object.fromEntries(response.headers)).toEqual({
    ...strict,
    'accept-ranges': 'bytes',
    'content-length': '3',
    'content-type': 'image/png',
  })
})

test.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/javascript',
  'image/png; charset=utf-7',
  'image/png, text/html',
  '',
  'x',
])('the type %j becomes bytes of no type', async (type) => {
  const response = await ask((_request, answer) => answer.writeHead(200, { 'Content-Type': type }).end('<script>'))

  expect(response.headers.get('Content-Type')).toBe('application/octet-stream')
})

test('a part of a file is asked for and answered as a part', async () => {
  const asked: unknown[] = []
  const response = await ask(
    ({ headers }, answer) => {
      asked.push(headers.range, headers['accept-encoding'])
      answer.writeHead(206, { 'Content-Type': 'video/mp4', 'Content-Range': 'bytes 4-5/10', 'Content-Length': '2' })
      answer.end('ef')
    },
    { headers: { Range: 'bytes=4-5' } },
  )

  expect(asked).toEqual(['bytes=4-5', expect.stringMatching(/^identity(, identity)?$/)])
  expect([response.status, response.headers.get('Content-Range'), await response.text()]).toEqual([
    206,
    'bytes 4-5/10',
    'ef',
  ])
})

test('a range that is none, and what is answered to one, go no further', async () => {
  const asked: unknown[] = []
  const response = await ask(
    ({ headers }, answer) => {
      asked.push(headers.range)
      answer.writeHead(206, { 'Content-Range': 'bytes 0-0/1; evil' }).end('a')
    },
    { headers: { Range: 'bytes=0-1,3-4' } },
  )

  expect(asked).toEqual([undefined])
  expect(response.headers.has('Content-Range')).toBe(false)
})

test.each([
  ['sends elsewhere', 302, { Location: 'http://127.0.0.1:1/' }],
  ['knows of no such file', 404, {}],
  ['fails', 500, {}],
  ['says it is forbidden', 403, {}],
])('when the server %s, there is no file', async (_what, status, headers) => {
  const response = await ask((_request, answer) => answer.writeHead(status, headers).end('<h1>words</h1>'))

  expect([response.status, await response.text()]).toEqual([404, ''])
})

test('a server that cannot be reached, a link nobody made and other methods find nothing', async () => {
  expect((await ask(({ socket }) => socket.destroy())).status).toBe(404)
  const serve = createFileServer({ open: () => expect.fail(), resolve: () => Promise.resolve(undefined) })
  expect((await serve(new Request(`${link}0`))).status).toBe(404)
  expect((await ask((_request, answer) => answer.end(), { method: 'POST' })).status).toBe(405)
})

test('a file whose bytes stop coming fails instead of being waited for, and its connection is let go', async () => {
  let isGone = false
  const response = await ask((request, answer) => {
    request.socket.once('close', () => (isGone = true))
    answer.writeHead(200, { 'Content-Length': '8' }).write('plan')
  })

  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
  await expect.poll(() => isGone).toBe(true)
})
